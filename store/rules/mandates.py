"""How a recruiter is paid, in plain words (design 4)."""

MANDATE_WORDS = {
    "retained": "paid in parts from the start, exclusive; works for the employer, never for you",
    "exclusive": "the only agency on it, paid on hire; works for the employer, never for you",
    "contingent": "paid only on hire, so speed counts; ask who else may send you",
    "in-house": "the employer itself",
}
"""What each of `opportunity.MANDATES` means for the one who is approached."""
