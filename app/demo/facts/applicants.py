"""Invented people and words for the sixty who are applying to Cohort 2 on 18 June 2021."""

NAMES = (
    "Aaliyah Brook", "Adam Winterson", "Aiysha Noorani", "Alfie Thackray", "Amandeep Sahota",
    "Anya Kowalczuk", "Asha Merali", "Ben Culverhouse", "Beth Oakenfull", "Bilal Sheikhani",
    "Cara Montfort", "Chidi Nwosu", "Chloe Barrowby", "Connor Latimore", "Daisy Pemberley",
    "Demi Okonjo", "Dev Ranchod", "Eleri Vaughan-Hay", "Ella Stavely", "Ethan Goodacre",
    "Faith Mutasa", "Finley Crowther", "Freya Halgarth", "Gabriel Santoro", "Georgia Wragg",
    "Hafsa Elmi", "Harry Tolliver", "Imogen Farrant", "Isaac Boateng-Reid", "Jada Fontaine",
    "Jake Ormerod", "Jasmin Kotecha", "Jodie Allsop", "Joel Akande", "Kacper Wrona",
    "Keeley Rudd", "Kieran Dowsett", "Layla Hadid-Moss", "Leah Pinchbeck", "Liam Garrity",
    "Lola Verma", "Maddison Kerr", "Marcus Yeboah", "Megan Tunnicliffe", "Mia Castellan",
    "Milo Fairbairn", "Naomi Zewde", "Nathan Elkington", "Nia Prosser", "Oliwia Baran",
    "Parveen Chohan", "Poppy Lyddon", "Rafe Somerton", "Rhys Calloway", "Ruby Anstey",
    "Samir Tahiri", "Shanice Folarin", "Sophie Greatorex", "Tariq Mansoori", "Zara Whitcombe",
)  # fmt: skip

DONE = (
    "I help at the food bank on Saturdays. I started because my nan went there. Now I do the rota, "
    "and I got two of my friends to come along.",
    "When the lockdown came I set up a group on our street so that nobody had to go without "
    "shopping. Thirty houses joined. We still use it.",
    "I coach the under-nines. Some of them have a lot going on at home, so we always finish with a "
    "talk in a circle.",
    "I care for my brother, who is autistic. At college I spoke up about the noise in the canteen, "
    "and they opened a quiet room.",
    "I was a young adviser on the council’s youth panel for a year and helped to choose how the "
    "small grants were spent.",
    "I litter-pick with my neighbour. It sounds like nothing, but people stop and talk, and three "
    "of them have joined us.",
    "I translate for my mum’s friends at the doctor’s. I would like to make that easier for "
    "everybody.",
    "I ran a gaming night at the library for lads who were hanging round the precinct.",
)

CHANGE = (
    "There is nothing to do after six. The youth club shut and the park is dark. I would open the "
    "school hall two evenings a week and let us run it.",
    "People do not report things because they think nobody listens. I would start with a drop-in "
    "that is not in a police station.",
    "The bus stop by the shops does not feel safe at night. Better lights first, then ask the "
    "drivers what they see.",
    "Mental health help takes months. I would train people our age to listen while others wait.",
    "Different groups on our estate do not mix. I would hold a street meal where everyone brings "
    "one dish.",
    "Young people get blamed for everything. I would make short films with them that show what they "
    "really do.",
    "Getting a first job is hard with no one to vouch for you. I would ask ten local firms to give "
    "one day each.",
    "Girls get shouted at on the way home from college. I would map where, and walk it with the "
    "council.",
)

GROUPS = (
    "Loughborough College", "De Montfort University", "Braunstone youth club", "A supermarket",
    "Coalville sixth form", "Looking for work", "A mosque youth group", "Oakham cadets",
)  # fmt: skip

ADJUSTMENTS = (
    "I use a wheelchair, so I need step-free rooms.",
    "I am dyslexic. Please send reading a few days before.",
    "I fast during Ramadan and may need a break at sunset.",
    "I am deaf in one ear; I sit at the front.",
)
