"""What prompts ask for in their own words, and all that only looks as if they did."""

from __future__ import annotations

import time

import pytest

from invigilator.report.limits import prompt_constraint, question_text
from invigilator.report.model import Bounds, Constraint

Ends = tuple[int | None, int | None] | None


def said(prompt: str) -> tuple[Ends, Ends]:
    """Words and images of a prompt that does not speak of characters."""
    words, images, characters = prompt_constraint(prompt)
    assert characters is None
    return words, images


@pytest.mark.parametrize(
    ("prompt", "words", "images"),
    [
        # length lines
        ("Answer length: 100-200 words.", (100, 200), None),
        ("> **Answer length: 100-200 words.**\n>", (100, 200), None),
        ("> _Answer length: 100-200 words_", (100, 200), None),
        ("> Answer length: 100–200 words", (100, 200), None),
        ("> answer length : 100 — 200 Words", (100, 200), None),
        ("Answer length: 0-200 words.", (0, 200), None),
        ("Answer length: 1,000-1,500 words", (1000, 1500), None),
        ("Answer length: 200-100 words", (100, 200), None),
        ("Recommended answer length: 200-300 words + 1 to 3 screenshots.", (200, 300), (1, 3)),
        ("> Recommended answer length: 200-300 words +\n> 1 to 3 screenshots.", (200, 300), (1, 3)),
        ("> Recommended answer length: 200-300 words\n> + 1 to 3 screenshots.", (200, 300), (1, 3)),
        ("> Recommended answer length: 200-300\n> words and one figure.", (200, 300), (1, 1)),
        ("Answer length: one to three images", None, (1, 3)),
        ("Answer length: at least 50 words and at most 100 words", (50, 100), None),
        ("Answer length: 50+ words + 1 image", (50, None), (1, 1)),
        ("Answer length: 200 words.", (None, 200), None),
        ("Minimum length: 50 words", (50, None), None),
        ("Maximum number of words: 250", (None, 250), None),
        ("Word limit: 250", (None, 250), None),
        ("Word count: 100 to 200", (100, 200), None),
        ("Answer length (words): 100-200", (100, 200), None),
        ("What happened? Expected length: 20-40 words.", (20, 40), None),
        ("- Length: ten to 20 words", (10, 20), None),
        ("Number of images: 1-3", None, (1, 3)),
        ("Maximum number of figures: 2", None, (None, 2)),
        ("100-200 words and one figure.", (100, 200), (1, 1)),
        # amounts of words elsewhere
        ("Describe it with at least 50 words.", (50, None), None),
        ("Describe it (max 250 words).", (None, 250), None),
        ("Describe it (max. 250 words).", (None, 250), None),
        ("Write at most 300 words.", (None, 300), None),
        ("Use up to 80 words.", (None, 80), None),
        ("Use no more than 80 words", (None, 80), None),
        ("Use fewer than 80 words", (None, 79), None),
        ("Use more than 80 words", (81, None), None),
        ("250 words maximum", (None, 250), None),
        ("Reflect on it in between 50 and 100 words.", (50, 100), None),
        ("Reflect on it in 50 to 100 words.", (50, 100), None),
        ("Answer in 200 words.", (None, 200), None),
        ("Limit your answer to 150 words.", (None, 150), None),
        ("Write a 200-300 word summary.", (200, 300), None),
        ("Min 50, max 100 words.", (50, 100), None),
        ("At least 50 words, at most 100.", (50, 100), None),
        ("Your text should have at least 60 words.", (60, None), None),
        ("In 50 to 100 words, what went wrong?", (50, 100), None),
        ("What went wrong? (50-100 words, 1 figure)", (50, 100), (1, 1)),
        # images
        ("Insert 1-2 images of your bucket.", None, (1, 2)),
        ("Insert 1–2 images of your bucket.", None, (1, 2)),
        ("**Upload one image of your\n> registry, such that we can see the images in it.**", None, (1, 1)),
        ("Upload 1 to 3 screenshots that show it.", None, (1, 3)),
        ("Include a figure that shows it. Explain the steps in figure.", None, (1, 1)),
        ("Include a clear figure.", None, (1, 1)),
        ("Please attach two annotated screenshots.", None, (2, 2)),
        ("Add at least one picture.", None, (1, None)),
        ("Add one or more pictures of the setup.", None, (1, None)),
        ("Include at least one figure and at most three.", None, (1, 3)),
        ("Include up to three figures.", None, (None, 3)),
        ("Describe the result and include two screenshots.", None, (2, 2)),
        ("Include a short description and two screenshots.", None, (2, 2)),
        ("Upload one image of the bucket. Upload one image of the build.", None, (2, 2)),
        ("1. Upload two images\n2. Include one screenshot", None, (3, 3)),
        ("Insert one image per experiment.", None, (1, None)),
        ("Include screenshots of your dashboard.", None, (1, None)),
        ("Make sure that you include a screenshot.", None, (1, 1)),
        ("Your answer must contain between one and three figures.", None, (1, 3)),
        ("Illustrate your answer with a figure.", None, (1, 1)),
        ("At least one figure is required.", None, (1, None)),
        ("You may include up to two images.", None, (None, 2)),
        ("Upload proof (1-2 images).", None, (1, 2)),
        ("Add a figure to your answer.", None, (1, 1)),
        # both, on their own lines
        ("> Answer length: 100-200 words\n> Include one figure of it", (100, 200), (1, 1)),
        ("Answer length: 100-200 words. Insert 1-2 images.", (100, 200), (1, 2)),
        ("Upload 1 to 3 screenshots.\n\nAnswer length: 20-30 words + 1 to 3 screenshots", (20, 30), (1, 3)),
    ],
)
def test_what_a_prompt_asks_for(prompt: str, words: Ends, images: Ends) -> None:
    assert said(prompt) == (words, images)


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "Who are you?",
        "Explain in your own words what a figure is.",
        "Include how you would build it and include a link to one of your docker files.",
        "Include a link to the figure.",
        "You can take inspiration from [this figure](figures/x.png).",
        "This may include loss graphs, logged images, sweeps etc.",
        "Show that we can see the history of the images you built.",
        "We developed several images and 3 docker images.",
        "Upload one docker image to the registry.",
        "Upload one image to the container registry.",
        "Add images to the data set.",
        "Add an image classifier.",
        "Include 3 image transformations.",
        "Explain the 3 images above.",
        "How do you show images to the user?",
        "Did you add one figure to the documentation?",
        "Did you insert images in your data?",
        "Feel free to insert an image.",
        "If yes, include a screenshot.",
        "Include a figure or a table.",
        "Do not include images.",
        "Provide figures for the cost.",
        "![one image](figures/one.png) `include one image`",
        "<!-- Answer length: 100-200 words. Include a figure. -->",
        "Answer length: 2 pages",
        "Recommended length: 3-5 sentences.",
        "Answer length: about 200 words.",
        "Explain it in about 200 words.",
        "Use at most 50 words per experiment.",
        "The abstracts have at most 200 words.",
        "You trained on a vocabulary of 50 to 100 words.",
        "Summarise the first 50 to 100 words of the article.",
        "Did you train with more than 10,000 images, or less than 5000 words?",
        "Version 1.2-3 words, see 10.5 words",
    ],
)
def test_what_only_looks_like_it(prompt: str) -> None:
    assert said(prompt) == (None, None)


@pytest.mark.parametrize(
    "heading", ["> Example:", "> **Example:**", "> *Example answer:*", "Example:", "#### Examples"]
)
def test_the_example_asks_for_nothing(heading: str) -> None:
    example = "> *As seen in the first image, include one image. At least 50 words. 10-20 words.*"
    assert said(f"> **Explain it.**\n>\n{heading}\n{example}\n>\n> ") == (None, None)


def test_a_length_line_below_the_example_counts() -> None:
    prompt = "> Explain it.\n>\n> Example:\n> *We explained it in 5 words.*\n>\n> Answer length: 10-20 words.\n"
    assert said(prompt) == ((10, 20), None)


def test_a_length_line_ends_where_its_line_does() -> None:
    assert said("> Answer length: 100-200 words\n> Explain the 3 images of 5-10 words.") == ((100, 200), None)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(ending: str) -> None:
    prompt = ending.join(("> **Include a", "> figure.**", ">", "> Answer length: 10-20 words"))
    assert prompt_constraint(prompt) == Constraint(Bounds(10, 20), Bounds(1, 1))


def test_the_text_of_the_question_is_without_marks_breaks_and_example() -> None:
    prompt = "> **How *many* tests**\n> **are there?**\n>\n> Example:\n> *We have X.*\n"
    assert question_text(prompt) == "how many tests are there?"


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1 image ",
            "include one image, ",
            "(1 image)",
            "(",
            "`a",
            "[a](",
            "[",
            "1-",
            "9",
            "1,000",
            "> ",
            "_",
            "<!--",
        ),
        *(
            "answer length: ",
            "recommended ",
            "one x ",
            "illustrate ",
            "limit x to ",
            "at least 1 and ",
            "a\n",
            "*",
            " ",
        ),
    ],
)
def test_no_prompt_takes_long(piece: str) -> None:
    prompt = piece * (200_000 // len(piece))
    start = time.perf_counter()
    prompt_constraint(prompt)
    assert time.perf_counter() - start < 2
