"""The demo's numbers of equality monitoring add up."""

from app.cohorts.applying.monitoring import QUESTIONS
from app.demo.cohorts.figures import ANSWERED, TALLIES


def test_every_question_was_answered_by_as_many_with_answers_that_there_are():
    options = {question.key: dict(question.options) for question in QUESTIONS}
    assert set(TALLIES) == set(options)
    for question, answers in TALLIES.items():
        assert set(answers) <= set(options[question])
        assert sum(answers.values()) == ANSWERED
