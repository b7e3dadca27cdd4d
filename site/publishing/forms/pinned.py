from django import forms


class PinnedForm(forms.Form):
    """What is filled in once for many rows. What was chosen is pinned: a row that came after the
    confirmation page was shown is not touched. ``upto``: the highest id that the person saw."""

    upto = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
