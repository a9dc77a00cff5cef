"""What can go wrong with themes, bills and reports."""

from __future__ import annotations

from assistant.feedback.errors import FeedbackError


class InsightError(FeedbackError):
    """Base of every error of this folder."""


class ThemeRunNotFound(InsightError):
    """There is no run of themes with this number."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"no such run of themes: {number}")


class ThemeNotFound(InsightError):
    """The run or selection has no theme `key`."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"no such theme: {key}")


class LetterNotInRun(InsightError):
    """The submission `number` was not looked at in this run."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"submission {number} is not in this run of themes")


class SelectionChanged(InsightError):
    """Somebody else changed the selection first; `version` is the one it has today, 0 where nothing is chosen."""

    def __init__(self, run: int, version: int) -> None:
        self.run, self.version = run, version
        super().__init__(f"the selection of run {run} is at version {version}")


class BillNotFound(InsightError):
    """There is no bill with this number."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"no such bill: {number}")


class BillExists(InsightError):
    """A bill with this number is there already."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"bill {number} is there already")


class ReportNotFound(InsightError):
    """There is no report with this number."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"no such report: {number}")


class GroupingMissing(InsightError):
    """The library that groups letters is not installed; it comes with the extra `reports`."""

    def __init__(self) -> None:
        super().__init__("scikit-learn is not installed")


class NotForThisRole(InsightError):
    """The roles of who asks do not let them do `what`."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"not for this role: {what}")


class ProvinceNotFound(InsightError):
    """No province of today, or not one alone, is called `name`."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"no such province: {name}")
