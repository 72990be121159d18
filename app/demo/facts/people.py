"""The people. All are invented: no name, address or number of the papers is used."""

from app.accounts.models import GlobalRole
from app.demo.facts.shapes import PersonFact

_OPCC = "Office of the Police and Crime Commissioner"

PEOPLE = (
    # Those with an account to try, offered on the sign-in page of the demo.
    PersonFact(
        account="lead",
        name="Nadia Okafor",
        organisation="Leicester City Council",
        signs_in=True,
        job="People Zone lead; domestic abuse partnership manager",
    ),
    PersonFact(
        account="contributor",
        name="Tom Aldous",
        organisation="Leicestershire Police",
        signs_in=True,
        job="Neighbourhood sergeant",
    ),
    PersonFact(
        account="coordinator",
        name="Bethan Rowley",
        organisation="Violence Reduction Network",
        signs_in=True,
        job="Community leadership co-ordinator",
    ),
    PersonFact(
        account="evaluator",
        name="Ines Carvalho",
        organisation="Loughborough University",
        signs_in=True,
        job="Research fellow",
    ),
    PersonFact(
        account="external",
        name="Ruth Abernethy",
        organisation="Loughborough University",
        signs_in=True,
        job="External evaluator of New Parks, until 31 March 2022",
    ),
    PersonFact(
        account="officer",
        name="Hamish Dacre",
        organisation=_OPCC,
        global_role=GlobalRole.ADMINISTRATOR,
        signs_in=True,
        job="Partnership officer",
    ),
    PersonFact(
        account="reviewer",
        name="Callum Osei",
        organisation="Violence Reduction Network",
        signs_in=True,
        job="Graduate of cohort 1; reads applications to cohort 2",
    ),
    PersonFact(
        account="facilitator",
        name="Wren Hathersage",
        organisation="Violence Reduction Network",
        signs_in=True,
        job="Runs sessions of the leadership programme",
    ),
    PersonFact(
        account="board",
        name="Margaret Oyelaran",
        organisation=_OPCC,
        global_role=GlobalRole.OPCC_READER,
        signs_in=True,
        job="Board member",
    ),
    # Colleagues whose work and words the demo shows.
    PersonFact(
        account="sunita.harcombe", name="Sunita Harcombe", organisation="Charnwood Borough Council"
    ),
    PersonFact(
        account="gareth.pinnock",
        name="Gareth Pinnock",
        organisation="North West Leicestershire District Council",
    ),
    PersonFact(
        account="imran.castell",
        name="Imran Castell",
        organisation="Leicestershire Fire and Rescue Service",
    ),
    PersonFact(
        account="lucy.vantongeren",
        name="Lucy Vantongeren",
        organisation="Leicestershire Partnership NHS Trust",
    ),
    PersonFact(
        account="denise.holloway",
        name="Denise Holloway",
        organisation="Leicestershire County Council",
    ),
    PersonFact(
        account="joanne.belling", name="Joanne Belling", organisation="Leicestershire Police"
    ),
    PersonFact(account="rhiannon.pell", name="Rhiannon Pell", organisation=_OPCC),
    PersonFact(
        account="yusuf.adair", name="Yusuf Adair", organisation="National Probation Service"
    ),
    PersonFact(
        account="dilys.marchbank",
        name="Dilys Marchbank",
        organisation="Leicestershire County Council",
    ),
    PersonFact(account="colin.abara", name="Colin Abara", organisation=_OPCC),
    PersonFact(
        account="farah.lindqvist", name="Farah Lindqvist", organisation="Violence Reduction Network"
    ),
    PersonFact(account="teresa.quill", name="Teresa Quill", organisation=_OPCC),
    PersonFact(account="owen.tasker", name="Owen Tasker", organisation=_OPCC),
    PersonFact(
        account="kerry.hallam", name="Kerry Hallam", organisation="Leicestershire County Council"
    ),
)
