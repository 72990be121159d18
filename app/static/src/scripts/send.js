// A page that only hands on what another site has sent: its form is sent at once.
document.querySelector("form[data-send-now]")?.requestSubmit();
