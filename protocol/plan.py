"""The plan that an account pays for."""

from typing import Annotated, Literal

from protocol.notes import Dated

PlanType = Annotated[
    Literal[
        "free",
        "go",
        "plus",
        "pro",
        "prolite",
        "promax",
        "team",
        "self_serve_business_prolite",
        "self_serve_business_usage_based",
        "business",
        "ent26",
        "enterprise_cbp_automation",
        "enterprise_cbp_usage_based",
        "enterprise",
        "edu",
        "edu_plus",
        "edu_pro",
        "sci",
        "sci_plus",
        "unknown",
    ],
    Dated(
        new=(
            "edu_plus",
            "edu_pro",
            "ent26",
            "enterprise_cbp_automation",
            "promax",
            "sci",
            "sci_plus",
            "self_serve_business_prolite",
        ),
        instead="unknown",
    ),
]
"""The plan of an account; `unknown` for those that we do not know."""
