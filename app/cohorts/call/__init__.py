"""The call for applications: places, window, who can apply, what they are asked, how they are scored."""
