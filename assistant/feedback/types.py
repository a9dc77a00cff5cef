"""The words of the recommendation database: kinds, fields, levels, personal data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# The score of a suggested provision that the text names itself; one that was only found for it has less.
NAMED_SCORE = 1.0
# Before the key of a unit that there was before the reform of 1 July 2025: a unit of today may have the same level and code.
FORMER_UNIT = "old:"


class Kind(StrEnum):
    """What a submission is. The word used in it does not decide: what decides is the object (own right and an administrative act; a
    violation and a violator; a policy; a situation)."""

    QUESTION = "question"
    REPORT = "report"
    RECOMMENDATION = "recommendation"
    VOTER_RECOMMENDATION = "voter_recommendation"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    EMERGENCY = "emergency"
    PRAISE = "praise"
    SPAM = "spam"


class Field(StrEnum):
    """What area of life a submission is about."""

    LAND = "land"
    CONSTRUCTION_PLANNING = "construction_planning"
    HOUSING = "housing"
    ENVIRONMENT = "environment"
    TRANSPORT = "transport"
    UTILITIES = "utilities"
    HEALTH = "health"
    EDUCATION = "education"
    LABOUR = "labour"
    SOCIAL_INSURANCE = "social_insurance"
    MERIT = "merit"
    SOCIAL_WELFARE = "social_welfare"
    AGRICULTURE = "agriculture"
    FINANCE_TAX_PRICE = "finance_tax_price"
    BUSINESS_TRADE = "business_trade"
    CIVIL_STATUS = "civil_status"
    ADMIN_PROCEDURE = "admin_procedure"
    SECURITY_ORDER = "security_order"
    CULTURE_SPORT_TOURISM = "culture_sport_tourism"
    ETHNIC_RELIGION = "ethnic_religion"
    JUSTICE_ENFORCEMENT = "justice_enforcement"
    GOVERNMENT_ORGANISATION = "government_organisation"
    SCIENCE_DIGITAL = "science_digital"
    OTHER = "other"


class AdminLevel(StrEnum):
    """Which level of government can act; there are no districts since 1 July 2025."""

    COMMUNE = "commune"
    PROVINCE = "province"
    CENTRAL = "central"


class Urgency(StrEnum):
    """How soon somebody has to look: within the usual time, today, at this moment."""

    NORMAL = "normal"
    SOON = "soon"
    NOW = "now"


class Resolution(StrEnum):
    """The three classes of results (NQLT 72/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN, art 49.2)."""

    SETTLED = "settled"
    BEING_STUDIED = "being_studied"
    EXPLAINED = "explained"


class PersonalDataType(StrEnum):
    """What a stretch of text tells of a person."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    NATIONAL_ID = "national_id"
    BANK_ACCOUNT = "bank_account"
    ADDRESS = "address"
    PLATE = "plate"
    BIRTH_DATE = "birth_date"
    HEALTH = "health"
    PASSPORT = "passport"
    TAX_CODE = "tax_code"
    SOCIAL_INSURANCE_NO = "social_insurance_no"


@dataclass(frozen=True, slots=True, order=True)
class PersonalSpan:
    """Characters `start` until `end` of a text, and what they tell of a person."""

    start: int
    end: int
    type: PersonalDataType
