"""The role that a subject names, found by the words roles are made of.

A role is levels, domains and a head, `Senior` `Data Platform` `Engineer`, perhaps with a qualifier after a
comma, or an office, `Head of Engineering`. What is not made of known words is no role: an empty answer is
better than a wrong one, because roles that differ keep two approaches of one recruiter apart.
"""

import re

_LEVELS = frozenset(
    "associate chief deputy distinguished executive experienced founding global graduate group interim junior jr "
    "lead leading mid midlevel mid-level principal regional senior sr staff vice head vp svp evp "
    "leitender leitende i ii iii iv".split()
)
_HEADS = frozenset(
    "administrator analyst architect consultant designer developer director engineer lead manager officer president "
    "programmer researcher scientist specialist sre sdet swe technologist writer cto cio ciso cpo "
    "architekt architektin berater beraterin entwickler entwicklerin ingenieur ingenieurin leiter leiterin "
    "développeur développeuse ingénieur ingénieure desarrollador desarrolladora ingeniero ingeniera".split()
)
_WHOLE = frozenset("sre sdet swe cto cio ciso cpo".split())
"""Heads that name a role by themselves."""
_OFFICES = frozenset("head vp svp evp director chief president".split())
_DOMAINS = frozenset(
    "account ai algorithm analytics android api application applications applied automation autonomy aws azure "
    "back-end backend bi big blockchain build business cloud community compiler compliance compute computer content "
    "controls core creative crypto customer cyber cybersecurity data database delivery design devops developer "
    "digital distributed django edge electrical elixir embedded engineering enterprise erp experience fintech "
    "firmware flutter forward deployed frontend front-end full fullstack full-stack functional game games gcp go "
    "golang graphics growth haskell hardware health identity implementation information infrastructure innovation "
    "insights integration integrations intelligence internal ios iot it java javascript js k8s kafka kernel kotlin "
    "kubernetes language large-scale learning legal linux llm low-level machine marketing mechanical media "
    "middleware ml mlops mobile model motion natural net network networking nlp node observability operations ops "
    "oracle partner payments people performance perception php planning platform platforms portfolio pre-sales "
    "privacy process product production productivity program programme project projects python qa quality "
    "assurance quantitative quant rails reliability react relations release rendering research risk robotics ruby "
    "rust salesforce sales sap scala science scrum search security server services simulation site social software "
    "solution solutions sql stack storage strategy streaming success supply chain support sustainability swift "
    "system systems technical technology tech telecom test testing tools tooling typescript ui ux user validation "
    "verification vision visualization voice web windows workday c c++ c# .net".split()
)
_KNOWN = _LEVELS | _HEADS | _DOMAINS
_JOINTS = frozenset(("of", "and", "&", "/", "for"))
_WORD = re.compile(r"\.?[^\W_][\w+#.'’-]*|[&/,;:|()–—\[\]-]")
_LIKELY = re.compile("|".join(sorted(_HEADS | _OFFICES)), re.IGNORECASE)
_UPPER = frozenset("ai api aws bi ciso cio cpo cto erp evp gcp ii iii ios iot it js llm ml nlp php qa sap sdet".split()) | {
    *"sql sre svp swe ui ux vp".split()
}
_SPELLED = {"sr": "senior", "jr": "junior", "swe": "software engineer", "sre": "site reliability engineer"} | {
    "back-end": "backend", "front-end": "frontend", "full-stack": "fullstack", "ml": "machine learning",
    "developer": "engineer", "programmer": "engineer", "entwickler": "engineer", "entwicklerin": "engineer",
    "ingenieur": "engineer", "golang": "go", "vp": "vice president", "platforms": "platform",
}
