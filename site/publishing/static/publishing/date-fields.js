// What was typed into a date field stays, so that the form can say what is wrong with it: Wagtail's
// picker puts today in the place of what it can't read, as soon as the field is left.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
