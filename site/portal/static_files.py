from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Digests also in what a script imports.

    Browsers keep static files for a year (deploy/nginx/portal-locations.conf). Without this, a new
    script would import the old module by its plain name after an upgrade.
    """

    support_js_module_import_aggregation = True
