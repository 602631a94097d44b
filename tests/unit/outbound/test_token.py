"""Reply tokens name a conversation, survive a change of case, and cannot be guessed."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from hub.outbound.token import ReplyTokens
from hub.secrets import Vault

TOKENS = ReplyTokens(Vault([b"k" * 32]))
conversations = st.integers(1, (1 << 40) - 1)


@given(conversations)
def test_a_token_reads_back_in_any_case(conversation_id: int) -> None:
    token = TOKENS.make(conversation_id)
    assert set(token) <= set(string.ascii_lowercase + string.digits)
    assert TOKENS.make(conversation_id) == token
    assert TOKENS.read(token) == TOKENS.read(token.upper()) == conversation_id


@given(conversations, st.integers(0, 23), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_changed_token_is_no_token(conversation_id: int, place: int, letter: str) -> None:
    token = TOKENS.make(conversation_id)
    changed = token[:place] + letter + token[place + 1 :]
    assert TOKENS.read(changed) == (conversation_id if changed == token else None)


@given(st.text(max_size=40))
def test_any_other_text_is_no_token(text: str) -> None:
    assert TOKENS.read(text) is None


def test_another_hubs_token_is_no_token() -> None:
    assert ReplyTokens(Vault([b"x" * 32])).read(TOKENS.make(7)) is None


def test_each_message_has_a_token_of_its_own_that_begins_with_its_conversations() -> None:
    made = {TOKENS.unique(7) for _ in range(100)}
    assert len(made) == 100
    assert all(TOKENS.read(one.partition(".")[0]) == 7 for one in made)
