import re

import pytest
from django import forms
from django.template.loader import render_to_string

from people.captcha import CaptchaForm
from people.models import BurntChallenge

from .solving import solve
from .test_question import answer_to

pytestmark = pytest.mark.django_db


class LetterForm(CaptchaForm):
    idempotency_field = "key"
    text = forms.CharField()
    key = forms.CharField(required=False)


def answered(**more):
    asked = LetterForm().captcha_question
    data = {"captcha_token": asked.token, "captcha_answer": answer_to(asked.text)}
    return {"text": "某", **data, **more}


def errors(form):
    form.is_valid()
    return {field: list(messages) for field, messages in form.errors.items()}


def test_the_widgets_solution_passes():
    form = LetterForm({"text": "某", "captcha": solve()})
    assert errors(form) == {}
    assert (form.passed_without_script, form.held_for_review) == (False, False)


def test_the_answer_passes_and_is_held_for_review():
    form = LetterForm(answered())
    assert errors(form) == {}
    assert (form.passed_without_script, form.held_for_review) == (True, True)


@pytest.mark.parametrize(
    "data", [{}, {"captcha": ""}, {"captcha_answer": "3"}, {"captcha_token": "x"}]
)
def test_without_either_the_form_asks_for_it(data):
    assert errors(LetterForm({"text": "某", **data})) == {"captcha": ["请完成验证后再提交。"]}


def test_a_wrong_solution_is_not_mended_by_a_right_answer():
    form = LetterForm(answered(captcha="x"))
    assert errors(form) == {"captcha": ["验证没有通过，请重新验证后再提交。"]}
    assert form.passed_without_script is False


def test_a_wrong_answer_does_not_pass():
    form = LetterForm(answered(captcha_answer="九十九"))
    assert errors(form) == {"captcha": ["验证没有通过，请重新验证后再提交。"]}
    assert form.passed_without_script is False


def test_while_another_field_is_wrong_the_captcha_is_not_used_up():
    payload = solve()
    assert list(errors(LetterForm({"text": "", "captcha": payload}))) == ["text"]
    assert BurntChallenge.objects.count() == 0
    assert errors(LetterForm({"text": "某", "captcha": payload})) == {}


def test_the_same_key_may_come_again_and_another_may_not():
    payload = solve()
    data = {"text": "某", "captcha": payload}
    assert errors(LetterForm({**data, "key": "a"})) == {}
    assert errors(LetterForm({**data, "key": "a"})) == {}
    used = {"captcha": ["这次验证已经用过，请重新验证后再提交。"]}
    assert errors(LetterForm({**data, "key": "b"})) == used
    assert errors(LetterForm(data)) == used


def test_the_page_holds_the_widget_and_a_question_that_can_be_answered():
    html = render_to_string("people/captcha.html", {"form": LetterForm()})
    token = re.search(r'name="captcha_token"\s+value="([^"]+)"', html)[1]
    text = re.search(r"验证问题：(.+?)</label>", html)[1]
    form = LetterForm({"text": "某", "captcha_token": token, "captcha_answer": answer_to(text)})
    assert errors(form) == {}
    assert 'challengeurl="/people/captcha/"' in html


def test_nothing_inline_and_nothing_foreign_is_in_the_page():
    html = render_to_string("people/captcha.html", {"form": LetterForm({"text": "某"})})
    assert re.findall(r"<script(?![^>]* src=)|<style|\bstyle=|\bon\w+=|https?:|//", html) == []


def test_a_refused_form_says_why_beside_the_question():
    form = LetterForm({"text": "某"})
    form.is_valid()
    html = render_to_string("people/captcha.html", {"form": form})
    assert 'id="id_captcha_error">请完成验证后再提交。' in html
    assert 'aria-describedby="id_captcha_answer_helptext id_captcha_error"' in html


def test_what_the_person_typed_cannot_break_out_of_the_page():
    form = LetterForm({"text": "某", "captcha": '"><script>', "captcha_token": '"><script>'})
    form.is_valid()
    assert "><script>" not in render_to_string("people/captcha.html", {"form": form})
