"""For whom a link is made."""

from wtforms.validators import DataRequired, Length

from app.core.forms import Form, IdField, TextField


class ShareForm(Form):
    """A link to read a map."""

    id = IdField()
    for_whom = TextField(
        "Who is it for?",
        description="An organisation or a group, so that you know later which link to revoke",
        validators=[
            DataRequired("Say who the link is for"),
            Length(max=200, message="Use 200 characters or fewer"),
        ],
    )
