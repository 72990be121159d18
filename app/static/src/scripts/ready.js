// First of all: says that there is a script, for the styles and for GOV.UK Frontend's own check.
document.documentElement.classList.add("js");
document.body.classList.add("js-enabled", "govuk-frontend-supported");
