"""How logging in and renewing a login fail; the sentences are the wire's (model-client.md §9.3, §9.6)."""

from typing import Final

from app_server.model.errors import ModelError

_REASONS: Final = {
    "refresh_token_expired": "because your refresh token has expired",
    "refresh_token_reused": "because your refresh token was already used",
    "refresh_token_invalidated": "because your refresh token was revoked",
}
CANCELLED: Final = "Login was not completed"
REPLACED: Final = "Login cancelled"


class NoLoginError(Exception):
    """A login cannot begin, or has failed. `is_refusal`: the issuer does not offer this kind."""

    def __init__(self, message: str, *, is_refusal: bool = False) -> None:
        super().__init__(message)
        self.is_refusal = is_refusal


class UnusableLoginError(Exception):
    """The login cannot be used as it is. `permanent`: with these tokens it never will be."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent

    def for_turn(self) -> ModelError:
        """What the turn fails with, or tries again after."""
        if self.permanent:
            return ModelError(self.message, "unauthorized")
        return ModelError(self.message, retryable=True)


class RenewalError(UnusableLoginError):
    """The login cannot be renewed."""


class ProofError(UnusableLoginError):
    """A token's issuer does not confirm it, or cannot be asked."""


def refused_for_good(code: str | None) -> RenewalError:
    """The issuer will not take the refresh token, ever."""
    reason = _REASONS.get(code or "")
    because = f" {reason}" if reason else ""
    return RenewalError(
        f"Your access token could not be refreshed{because}. Please log out and sign in again.",
        permanent=True,
    )


def account_changed() -> RenewalError:
    """What is kept now belongs to somebody else."""
    return RenewalError(
        "Your access token could not be refreshed because you have since logged out or signed in to another "
        "account. Please sign in again.",
        permanent=True,
    )


def workspace_refusal(allowed: tuple[str, ...], received: str) -> str:
    """Why tokens of another workspace are not taken."""
    return f'External auth must use one of workspace(s) {_list(allowed)}, but received "{received}".'


def renewed_elsewhere(allowed: tuple[str, ...], received: str) -> RenewalError:
    """The client renewed its tokens with those of another workspace."""
    return RenewalError(
        f'external auth refresh returned workspace "{received}", expected one of {_list(allowed)}'
    )


def _list(names: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
