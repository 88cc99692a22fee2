"""Apps: connectors of the provider."""

from protocol.wire import U32, WireModel, no_items


class AppBranding(WireModel):
    """Whose app it is."""

    category: str | None = None
    developer: str | None = None
    website: str | None = None
    privacy_policy: str | None = None
    terms_of_service: str | None = None
    is_discoverable_app: bool


class AppReview(WireModel):
    """Whether it was reviewed."""

    status: str


class AppScreenshot(WireModel):
    """A picture with the words that led to it."""

    url: str | None = None
    file_id: str | None = None
    user_prompt: str


class AppMetadata(WireModel):
    """What its page says."""

    review: AppReview | None = None
    categories: list[str] | None = None
    sub_categories: list[str] | None = None
    seo_description: str | None = None
    screenshots: list[AppScreenshot] | None = None
    developer: str | None = None
    version: str | None = None
    version_id: str | None = None
    version_notes: str | None = None
    first_party_requires_install: bool | None = None
    show_in_composer_when_unlinked: bool | None = None
    first_party_type: str | None = None
    """Until 0.131."""


class AppInfo(WireModel):
    """An app."""

    id: str
    name: str
    description: str | None = None
    logo_url: str | None = None
    logo_url_dark: str | None = None
    icon_assets: dict[str, str] | None = None
    icon_dark_assets: dict[str, str] | None = None
    distribution_channel: str | None = None
    branding: AppBranding | None = None
    app_metadata: AppMetadata | None = None
    labels: dict[str, str] | None = None
    install_url: str | None = None
    is_accessible: bool = False
    """Whether this account can use it."""
    is_enabled: bool = True
    """Whether the configuration lets it be used."""
    plugin_display_names: list[str] = no_items()


class AppListUpdatedNotification(WireModel):
    """`app/list/updated`: the list in full."""

    data: list[AppInfo]


class AppSummary(WireModel):
    """An app in short."""

    id: str
    name: str
    description: str | None = None
    install_url: str | None = None
    category: str | None = None
    needs_auth: bool
    """Whether the user has yet to sign in to it. Until 0.131."""


class AppsListParams(WireModel):
    """`app/list`."""

    cursor: str | None = None
    limit: U32 | None = None
    thread_id: str | None = None
    force_refetch: bool = False
    """True: ask the provider again."""


class AppsListResponse(WireModel):
    """A page of apps."""

    data: list[AppInfo]
    next_cursor: str | None = None
