"""The views of Wagtail that middlewares look at, by the names of their addresses.

Wagtail promises none of these names. They stand together so that a test can ask of each whether it
still leads somewhere: a view that was renamed would lie open, and nothing would say so.
"""

from django.http import HttpRequest

# Anybody's: a page, and a document of a public page (portal.sites, portal.published_files).
PAGE = "wagtail_serve"
DOCUMENT = "wagtaildocs_serve"

# Bulk actions on pages, documents, images: asked for by admin_scope, published_files, purging.
BULK = "wagtail_bulk_action"

# A page that may not be moved says why (publishing.middleware).
MOVE = "wagtailadmin_pages:move"
CONFIRM_MOVE = "wagtailadmin_pages:move_confirm"

# Fails at the root of the tree, which has no place among others (portal.admin_scope).
SET_POSITION = "wagtailadmin_pages:set_page_position"

# A step of a workflow in a window of the editor; why not is said there (publishing.middleware).
EDIT = "wagtailadmin_pages:edit"
WORKFLOW_ACTION = "wagtailadmin_pages:workflow_action"

# They make a page private, or public again: cached pages are forgotten (portal.purging).
SET_PRIVACY = ("wagtailadmin_pages:set_privacy", "wagtailadmin_collections:set_privacy")

# What a site says of itself stands around every page (portal.purging).
SITE_SETTINGS = "wagtailsettings:edit"

# They delete files, unless a public page shows them (portal.published_files); these are beginnings.
DELETES_FILE = ("wagtaildocs:delete", "wagtailimages:delete")

# They name pages to whoever may enter the admin (portal.admin_scope); beginnings, too.
NAMES_PAGES = ("wagtailadmin_pages:", "wagtailadmin_explore", "wagtailadmin_choose_page")
CHOSEN_PAGES = "wagtailadmin_choose_page_chosen_multiple"
EXTERNAL_LINK = "wagtailadmin_choose_page_external_link"
REPORTS = (
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
)
# Wagtail's page that fails on purpose.
ERROR_TEST = "wagtailadmin_error_test"

# They fail at what is no number (portal.overlong).
CHOSEN_ROWS = (
    "wagtaildocs_chooser:chosen_multiple",
    "wagtailimages_chooser:chosen_multiple",
    "wagtailsnippetchoosers_people_privacynotice:chosen_multiple",
)

# So do they, at a word in the place of the number.
CHOSEN_ROW = (
    "wagtaildocs_chooser:chosen",
    "wagtailimages_chooser:chosen",
    "wagtailsnippetchoosers_people_privacynotice:chosen",
)
# They fail at words and a tag at once, which no screen asks for together.
CHOOSES_IMAGES = ("wagtailimages_chooser:choose", "wagtailimages_chooser:choose_results")
# Leads who is signed in already on to an address; fails where it is none.
SIGN_IN = "wagtailadmin_login"

# All of the admin, and its API: the same.
ADMIN = "wagtailadmin"
ADMIN_API = "wagtailadmin_api:"


def view_name(request: HttpRequest) -> str:
    """The name of the address that was asked for; empty where none is known."""
    return request.resolver_match.view_name if request.resolver_match else ""
