"""No real person's name, address or number from the papers is anywhere in the demo.

The names themselves must not stand here either, so they are compared by their SHA-256.
"""

import hashlib
import itertools
import re
from pathlib import Path

import app.demo
from app.accounts.demo_accounts import DEMO_ACCOUNTS
from app.demo.facts.people import PEOPLE
from tests.demo.words import all_words

# "first last", and surnames that are no word of their own, in lower case.
REAL = frozenset(
    {
        "33e383e30c66a1f94398876eb1b7d3eac4d39ea318d40cbccbb0b3e7b1b77c69",
        "5dcfad1c67c9f266c4b4a31d587f3d972967a50865ef3e89bb5ffbaea3874e28",
        "270e3ee438528ac23f5b42d61aa21c4e33673102a30263076e4505e448d7ccc4",
        "e94830882ed0d275437616604eb6c7662d902f059693cf19f497684323e18ae7",
        "ee58767f7d9b9d41914be3bf4952d5db212faabeda72916ba0b6e42766c38514",
        "61529b116cbc352b792a924593bfef8a83152fecd5777cf942b2a5bb9b1f774c",
        "c01e12c54e7da1717df67b11a8b14c44c0ca639d83f95784eb33807aca3da9ce",
        "ca66d713c3fed7ef16ec322e1c82728cfc8c2707797e0de30fddba6825f9926f",
        "160b368fe9e9ad57ff7e14e3619a2279a039e6362d1c7b253ac5b9dc5ab2479c",
        "14f416ea5f4aac7bc52adef4e17672cc63083e9281b36e531c796b5f3572b2b7",
        "a254a322e0814ccbe4cba7c985c29b982ada4cb839261931913f2f4250567a07",
        "b201cfba8597fae61800450fc7fe02fccf5ad1ad58824cda35f7aa8b870ad684",
        "ab1641ac4b7fdd4100e65e1f0dd7de8619d5658a55301296d481e4a0323d9afb",
        "48a478b64228530007728ca31a246c2212e5c955e9345edac196c4b4ec708f92",
        "80d4abc59889c1b5a326f79809b933249d45e4bce2aef5b4f17258848acbac7a",
        "e6608c0847924a1661e1fc721525d4d1b10b1e66e1b0ac3699a30722c624c1d9",
        "376c2fdf113c40caf67dd08906852d6e41e94dbc89fe05a3cd23c0b911be5481",
        "f3153f73df22e191eae96e5b9c7ac5415620d61373a51df43aa6fe9bfdaef537",
        "6fd18d303793dc5c04baea5c0c7e27b9e5155e0fbc67bb1f7aa06634db40fa47",
        "14daff12cbd587741f7676e9c23562f98420352820e9f6a37e125d7a40333741",
        "f03a902de42509d935d3edab75b7750eb00856285616411c4517e9103eea390d",
        "fb3d233084b08971f4f9f9bd51157861111123ddebe538845500d5947eff716b",
        "e241efcc41480d8829b6611e749daf15e8302e7d6e7584a9880f3268d5c7c9e8",
        "1a71bd0005f907a61c23e5c0480c3f6bde11633962f71619212e9fcc4a6a95cb",
        "ac57af29da181789bf9395357aa07cd708f793251b0ef54d41187c48db705300",
        "7167c9b6c70495d4346cd24bed9691d684376552dd506c60152e1f4c482880cb",
    }
)


def names_in(text: str, real: frozenset[str] = REAL) -> list[str]:
    """The real names in a text: of each word, and of each pair of neighbours."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    pairs = [f"{first} {second}" for first, second in itertools.pairwise(words)]
    return [found for found in (*words, *pairs) if _hash(found) in real]


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def test_the_check_finds_a_name_however_it_is_written():
    real = frozenset({_hash("ada lovelace"), _hash("lovelace")})
    assert names_in("With thanks to Ada Lovelace (OPCC)", real) == ["lovelace", "ada lovelace"]
    assert names_in("ada.lovelace@example.org", real) == ["lovelace", "ada lovelace"]
    assert names_in("Ada and the others", real) == []


def test_no_row_names_a_real_person(demo):
    for where, text in all_words():
        assert not names_in(text), where


def test_no_address_but_the_demos_own_and_no_telephone_number(demo):
    for where, text in all_words():
        for address in re.findall(r"\S+@\S+", text):
            assert address.strip('",].').endswith(("@waymark.example", "@example.org")), where
        # 07700 900000 to 900999 are Ofcom's, for drama: nobody's.
        for number in re.findall(r"\b0(?:[ -]?\d){9,10}\b", text):
            assert number.replace(" ", "").startswith("07700900"), where


def test_nor_does_the_demos_source():
    for path in Path(app.demo.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not names_in(text), path
        assert not re.search(r"@(?!example\.org)[\w-]+\.(?:uk|org|com|police)\b", text), path


def test_the_accounts_on_the_sign_in_page_are_those_that_have_a_password(demo):
    offered = {account.local_part for account in DEMO_ACCOUNTS}
    assert offered == {person.account for person in PEOPLE if person.signs_in}
