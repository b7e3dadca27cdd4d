import pytest
from django import forms

from publishing.text_fields import LineField, TextField


def test_text_is_cleaned_before_it_is_counted() -> None:
    field = TextField(max_length=3)
    assert field.clean(" \u200b一\r\n二\x00 ") == "一\n二"
    with pytest.raises(forms.ValidationError, match="这里写了 4 字，超出上限 3 字"):
        field.clean("一二三四")


def test_what_nobody_can_see_counts_as_nothing() -> None:
    with pytest.raises(forms.ValidationError) as refusal:
        TextField().clean("\u200b\u3164 \n")
    assert refusal.value.code == "required"


def test_a_line_has_no_line_ends() -> None:
    assert LineField().clean("测试\r\n 村\t三组") == "测试 村 三组"


def test_the_page_does_not_cut_what_is_pasted() -> None:
    class Letter(forms.Form):
        text = TextField(max_length=3, widget=forms.Textarea)
        line = LineField(max_length=3)

    assert "maxlength" not in Letter().as_p()
