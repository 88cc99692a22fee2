"""What both servers are given: every case of every area, each with a name of its own."""

from prompt_peers.cases_of_documents import DOCUMENTS
from prompt_peers.cases_of_input import INPUTS
from prompt_peers.cases_of_names import ODD_DOCUMENTS, ODD_SKILLS
from prompt_peers.cases_of_options import OPTIONS, PERMISSIONS
from prompt_peers.cases_of_pictures import PICTURE_CASES
from prompt_peers.cases_of_settings import SETTINGS
from prompt_peers.cases_of_skills import SKILLS
from prompt_peers.random_cases import random_cases
from prompt_peers.site import Case

CASES: tuple[Case, ...] = (
    *SETTINGS,
    *DOCUMENTS,
    *SKILLS,
    *INPUTS,
    *OPTIONS,
    *PERMISSIONS,
    *ODD_DOCUMENTS,
    *ODD_SKILLS,
    *PICTURE_CASES,
    *random_cases(20),
)
