"""Roles in subjects: found where they are certain, and compared without splitting hairs."""

import pytest

from store.rules.role import role_in, same_role

NAMED = {
    "Staff Platform Engineer at Acme Robotics": "Staff Platform Engineer",
    "Senior Python Engineer (Remote, UK)": "Senior Python Engineer",
    "Engineering Manager, Data - Nimbus Health": "Engineering Manager, Data",
    "Principal Engineer, Developer Experience": "Principal Engineer, Developer Experience",
    "Full-Stack Engineer (Payments)": "Full-Stack Engineer, Payments",
    "Product Manager - Growth": "Product Manager, Growth",
    "Machine Learning Engineer, AI startup in Ghent": "Machine Learning Engineer",
    "Customer Success Manager, EMEA": "Customer Success Manager",
    "Infrastructure lead, Acme Robotics": "Infrastructure Lead",
    "Tech Lead (Kotlin)": "Tech Lead, Kotlin",
    "Opportunity: Lead Data Engineer [London]": "Lead Data Engineer",
    "[URGENT] Site Reliability Engineer needed": "Site Reliability Engineer",
    "SRE role, 4 days a week": "SRE",
    "CTO for a seed-stage company": "CTO",
    "Chief Technology Officer": "Chief Technology Officer",
    "Head of Engineering | confidential": "Head of Engineering",
    "VP Engineering, Series B fintech": "VP Engineering",
    "VP of Platform & Infrastructure": "VP of Platform & Infrastructure",
    "Director of Data Science at Lumen": "Director of Data Science",
    "C++/Python Engineer for a trading firm": "C++/Python Engineer",
    ".NET developer": ".NET Developer",
    "SENIOR JAVA DEVELOPER - C2C - Dallas, TX": "Senior Java Developer",
    "Need sr. devops engineer asap": "Senior DevOps Engineer",
    "Senior Software Engineers wanted": "Senior Software Engineer",
    "Re: Fwd: Staff Data Engineer, climate startup": "Staff Data Engineer",
    "Senior Java-Entwickler (m/w/d) in München": "Senior Java-Entwickler",
    "Softwareentwickler gesucht": "Softwareentwickler",
    "Data Engineer and Data Scientist roles": "Data Engineer",
    "Following up: the Staff Engineer role": "Staff Engineer",
    "Founding Engineer @ stealth": "Founding Engineer",
}
NOT_NAMED = [
    "",
    "Hi Robin, quick question",
    "Your profile caught my eye",
    "Exciting opportunity",
    "Engineer",
    "Manager",
    "Your software engineer application",
    "Project update from the engineering manager",
    "Technical Recruiter introduction",
    "Engineering Recruiter at Gridline",
    "Software Engineer Recruitment Newsletter",
    "data engineers: save the date",
    "How data leads to better hiring",
    "Why platform lead times matter",
    "Hiring Manager feedback",
    "Engineering leadership roundtable",
    "Chief of Staff",
    "the manager of your building",
    "Java",
    "\x1b[31m[b]&&&// -- ,,, ((",
]


@pytest.mark.parametrize(("subject", "role"), NAMED.items())
def test_a_role_that_is_named_is_found(subject: str, role: str) -> None:
    """Level, domains, head and qualifier are taken; places, firms and shouting are not."""
    assert role_in(subject) == role


@pytest.mark.parametrize("subject", NOT_NAMED)
def test_where_no_role_is_certain_none_is_named(subject: str) -> None:
    """A wrong role would keep approaches apart, so that doubt means none."""
    assert role_in(subject) == ""


@pytest.mark.parametrize("role", sorted(set(NAMED.values())))
def test_a_role_names_itself(role: str) -> None:
    """What was found is found again, unchanged."""
    assert role_in(role) == role


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Staff Platform Engineer", "Staff Platform Engineer", True),
        ("Staff Platform Engineer", "Platform Engineer", True),
        ("Sr. Data Engineer", "senior data engineer", True),
        ("Python Developer", "Python Engineer", True),
        ("Engineering Manager", "Engineering Manager, Data", True),
        ("Frontend Engineer", "Front-end Developer", True),
        ("Platform guru", "the Platform guru", True),
        ("", "Data Engineer", True),
        ("Senior Data Engineer", "Staff Data Engineer", False),
        ("Data Engineer", "Platform Engineer", False),
        ("Engineering Manager, Data", "Engineering Manager, Payments", False),
        ("Engineering Manager", "Software Engineer", False),
        ("Data Lead", "Lead Data Engineer", False),
        ("Head of Engineering", "Engineering Manager", False),
    ],
)
def test_roles_are_compared_by_what_they_say(a: str, b: str, *, same: bool) -> None:
    """Spelling and what one leaves unsaid make no difference; another level or domain does."""
    assert same_role(a, b) is same
    assert same_role(b, a) is same
