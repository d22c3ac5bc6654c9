using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "catalog_attributes",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    retired = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_attributes", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "catalog_products",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sku = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    retired = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_products", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_promises",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    place = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true),
                    product_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attribute_key = table.Column<string>(type: "text", nullable: true),
                    from = table.Column<long>(type: "bigint", nullable: true),
                    until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_promises", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "channels_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    network = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    host = table.Column<string>(type: "text", nullable: false),
                    handle = table.Column<string>(type: "text", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: true),
                    password = table.Column<string>(type: "text", nullable: true),
                    session = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    error_at = table.Column<long>(type: "bigint", nullable: true),
                    connected_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversations_conversations",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    network = table.Column<string>(type: "text", nullable: false),
                    thread_key = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: true),
                    assignee = table.Column<Guid>(type: "uuid", nullable: true),
                    assignee_name = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    preview = table.Column<string>(type: "text", nullable: false),
                    last_mention = table.Column<Guid>(type: "uuid", nullable: false),
                    last_mention_at = table.Column<long>(type: "bigint", nullable: false),
                    last_at = table.Column<long>(type: "bigint", nullable: false),
                    opened_at = table.Column<long>(type: "bigint", nullable: false),
                    first_reply_at = table.Column<long>(type: "bigint", nullable: true),
                    last_reply_at = table.Column<long>(type: "bigint", nullable: true),
                    last_reply_by = table.Column<string>(type: "text", nullable: true),
                    closed_at = table.Column<long>(type: "bigint", nullable: true),
                    mentions = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_conversations", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "conversations_entries",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    mention_id = table.Column<Guid>(type: "uuid", nullable: true),
                    message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    what = table.Column<string>(type: "text", nullable: true),
                    text = table.Column<string>(type: "text", nullable: true),
                    link = table.Column<string>(type: "text", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "text", nullable: true),
                    words = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_entries", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "conversations_labels",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    label = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_labels", x => new { x.conversation_id, x.label });
                });

            migrationBuilder.CreateTable(
                name: "governance_account_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_governance_account_claims", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "governance_account_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    provider_key = table.Column<string>(type: "text", nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_governance_account_logins", x => new { x.login_provider, x.provider_key });
                });

            migrationBuilder.CreateTable(
                name: "governance_account_tokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_governance_account_tokens", x => new { x.user_id, x.login_provider, x.name });
                });

            migrationBuilder.CreateTable(
                name: "governance_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    initials = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: true),
                    role = table.Column<string>(type: "text", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    last_sign_in = table.Column<long>(type: "bigint", nullable: true),
                    user_name = table.Column<string>(type: "text", nullable: true),
                    normalized_user_name = table.Column<string>(type: "text", nullable: true),
                    email = table.Column<string>(type: "text", nullable: true),
                    normalized_email = table.Column<string>(type: "text", nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "text", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<long>(type: "bigint", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_governance_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "governance_api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    prefix = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    scopes = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    last_used = table.Column<long>(type: "bigint", nullable: true),
                    revoked = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_governance_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "governance_sign_in_links",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    used = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_governance_sign_in_links", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "ideas_categories",
                columns: table => new
                {
                    slug = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_categories", x => x.slug);
                });

            migrationBuilder.CreateTable(
                name: "ideas_comments",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    author = table.Column<Guid>(type: "uuid", nullable: false),
                    author_name = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<int>(type: "integer", nullable: true),
                    from_brand = table.Column<bool>(type: "boolean", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_comments", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_ideas",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<Guid>(type: "uuid", nullable: false),
                    author_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    answered_at = table.Column<long>(type: "bigint", nullable: true),
                    score = table.Column<long>(type: "bigint", nullable: false),
                    points = table.Column<int>(type: "integer", nullable: false),
                    promotions = table.Column<int>(type: "integer", nullable: false),
                    demotions = table.Column<int>(type: "integer", nullable: false),
                    comments = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_ideas", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_moves",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<int>(type: "integer", nullable: false),
                    to = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_moves", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_rank",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    half_life_days = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_rank", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ideas_votes",
                columns: table => new
                {
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    stance = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    units = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_votes", x => new { x.idea, x.user });
                });

            migrationBuilder.CreateTable(
                name: "learning_credits",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    order = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    refund = table.Column<string>(type: "text", nullable: false),
                    sku = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    offer = table.Column<Guid>(type: "uuid", nullable: true),
                    basis = table.Column<int>(type: "integer", nullable: false),
                    placed_at = table.Column<long>(type: "bigint", nullable: false),
                    amount_currency = table.Column<string>(type: "text", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_credits", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "listening_corrections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<string>(type: "text", nullable: false),
                    was = table.Column<string>(type: "text", nullable: false),
                    @is = table.Column<string>(name: "is", type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_corrections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "listening_mention_queries",
                columns: table => new
                {
                    query = table.Column<Guid>(type: "uuid", nullable: false),
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_mention_queries", x => new { x.mention, x.query });
                });

            migrationBuilder.CreateTable(
                name: "listening_mention_topics",
                columns: table => new
                {
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    topic = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_mention_topics", x => new { x.mention, x.topic });
                });

            migrationBuilder.CreateTable(
                name: "listening_mentions",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<Guid>(type: "uuid", nullable: false),
                    network = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    heard_at = table.Column<long>(type: "bigint", nullable: false),
                    url = table.Column<string>(type: "text", nullable: true),
                    author_id = table.Column<string>(type: "text", nullable: true),
                    author_handle = table.Column<string>(type: "text", nullable: true),
                    author_name = table.Column<string>(type: "text", nullable: true),
                    author_avatar = table.Column<string>(type: "text", nullable: true),
                    author_url = table.Column<string>(type: "text", nullable: true),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    thread_key = table.Column<string>(type: "text", nullable: false),
                    parent_id = table.Column<string>(type: "text", nullable: true),
                    uri = table.Column<string>(type: "text", nullable: true),
                    cid = table.Column<string>(type: "text", nullable: true),
                    root_uri = table.Column<string>(type: "text", nullable: true),
                    root_cid = table.Column<string>(type: "text", nullable: true),
                    is_own = table.Column<bool>(type: "boolean", nullable: false),
                    removed_at = table.Column<long>(type: "bigint", nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    sentiment = table.Column<int>(type: "integer", nullable: false),
                    strength = table.Column<double>(type: "double precision", nullable: false),
                    intents = table.Column<int>(type: "integer", nullable: false),
                    corrected = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_mentions", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "listening_queries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    history_done = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_queries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "listening_sources",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    network = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    settings = table.Column<string>(type: "text", nullable: false),
                    secret = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    engage = table.Column<bool>(type: "boolean", nullable: false),
                    cursor = table.Column<string>(type: "text", nullable: true),
                    last_read_at = table.Column<long>(type: "bigint", nullable: true),
                    last_item_at = table.Column<long>(type: "bigint", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    next_try = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_sources", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operations_gap_conversations",
                columns: table => new
                {
                    gap_id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_gap_conversations", x => new { x.gap_id, x.conversation_id });
                });

            migrationBuilder.CreateTable(
                name: "operations_gap_moves",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    gap_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<string>(type: "text", nullable: true),
                    to = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_gap_moves", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "operations_gaps",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    product_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attribute_key = table.Column<string>(type: "text", nullable: false),
                    expected = table.Column<string>(type: "text", nullable: false),
                    experienced = table.Column<string>(type: "text", nullable: false),
                    promise_id = table.Column<Guid>(type: "uuid", nullable: true),
                    promised_where = table.Column<string>(type: "text", nullable: true),
                    promised_address = table.Column<string>(type: "text", nullable: true),
                    owner = table.Column<string>(type: "text", nullable: false),
                    due = table.Column<long>(type: "bigint", nullable: true),
                    stage = table.Column<string>(type: "text", nullable: false),
                    moved_at = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    raised_by = table.Column<Guid>(type: "uuid", nullable: false),
                    raised_by_name = table.Column<string>(type: "text", nullable: false),
                    raised_at = table.Column<long>(type: "bigint", nullable: false),
                    conversations = table.Column<int>(type: "integer", nullable: false),
                    people = table.Column<int>(type: "integer", nullable: false),
                    cost = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_gaps", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "outlet_claims",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer = table.Column<Guid>(type: "uuid", nullable: false),
                    visitor = table.Column<Guid>(type: "uuid", nullable: false),
                    contact = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    held_at = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    claimed_at = table.Column<long>(type: "bigint", nullable: true),
                    over_at = table.Column<long>(type: "bigint", nullable: true),
                    sale = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_claims", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_clicks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer = table.Column<Guid>(type: "uuid", nullable: false),
                    visitor = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<string>(type: "text", nullable: false),
                    user_agent = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_clicks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_order_refunds",
                columns: table => new
                {
                    order = table.Column<Guid>(type: "uuid", nullable: false),
                    refund = table.Column<string>(type: "text", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    amount_currency = table.Column<string>(type: "text", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_order_refunds", x => new { x.order, x.refund, x.line });
                });

            migrationBuilder.CreateTable(
                name: "outlet_orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    placed_at = table.Column<long>(type: "bigint", nullable: false),
                    received_at = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    click = table.Column<Guid>(type: "uuid", nullable: true),
                    visitor = table.Column<Guid>(type: "uuid", nullable: true),
                    refunds = table.Column<int>(type: "integer", nullable: false),
                    total_currency = table.Column<string>(type: "text", nullable: false),
                    total_minor = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_stock_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sku = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    condition = table.Column<int>(type: "integer", nullable: false),
                    on_hand = table.Column<int>(type: "integer", nullable: false),
                    reserved = table.Column<int>(type: "integer", nullable: false),
                    last_row = table.Column<string>(type: "text", nullable: false),
                    counted_at = table.Column<long>(type: "bigint", nullable: true),
                    updated_at = table.Column<long>(type: "bigint", nullable: false),
                    list_price_currency = table.Column<string>(type: "text", nullable: false),
                    list_price_minor = table.Column<long>(type: "bigint", nullable: false),
                    price_currency = table.Column<string>(type: "text", nullable: false),
                    price_minor = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_stock_items", x => x.id);
                    table.CheckConstraint("ck_outlet_stock_items_balance", "on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand");
                });

            migrationBuilder.CreateTable(
                name: "people_identities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    network = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    handle = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true),
                    avatar = table.Column<string>(type: "text", nullable: true),
                    url = table.Column<string>(type: "text", nullable: true),
                    first_seen = table.Column<long>(type: "bigint", nullable: false),
                    last_seen = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_identities", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people_persons",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: true),
                    since = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_persons", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_fact_cursors",
                columns: table => new
                {
                    subscriber = table.Column<string>(type: "text", nullable: false),
                    partition = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    retry_at = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_fact_cursors", x => new { x.subscriber, x.partition });
                });

            migrationBuilder.CreateTable(
                name: "platform_facts",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partition = table.Column<int>(type: "integer", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_facts", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "platform_jobs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<string>(type: "text", nullable: false),
                    due = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_parked_facts",
                columns: table => new
                {
                    subscriber = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    error = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_parked_facts", x => new { x.subscriber, x.position });
                });

            migrationBuilder.CreateTable(
                name: "platform_protection_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_disclosure",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    brand = table.Column<string>(type: "text", nullable: true),
                    format = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publishing_disclosure", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    network = table.Column<string>(type: "text", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    about = table.Column<string>(type: "text", nullable: true),
                    words = table.Column<string>(type: "text", nullable: false),
                    signature = table.Column<string>(type: "text", nullable: true),
                    author = table.Column<Guid>(type: "uuid", nullable: false),
                    author_name = table.Column<string>(type: "text", nullable: false),
                    author_initials = table.Column<string>(type: "text", nullable: false),
                    parent_uri = table.Column<string>(type: "text", nullable: true),
                    parent_cid = table.Column<string>(type: "text", nullable: true),
                    root_uri = table.Column<string>(type: "text", nullable: true),
                    root_cid = table.Column<string>(type: "text", nullable: true),
                    card_url = table.Column<string>(type: "text", nullable: true),
                    card_title = table.Column<string>(type: "text", nullable: true),
                    card_description = table.Column<string>(type: "text", nullable: true),
                    card_image = table.Column<byte[]>(type: "bytea", nullable: true),
                    card_image_type = table.Column<string>(type: "text", nullable: true),
                    key = table.Column<string>(type: "text", nullable: true),
                    stale_key = table.Column<string>(type: "text", nullable: true),
                    prepared = table.Column<string>(type: "text", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    queued_at = table.Column<long>(type: "bigint", nullable: false),
                    sent_at = table.Column<long>(type: "bigint", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    cid = table.Column<string>(type: "text", nullable: true),
                    url = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publishing_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_order_lines",
                columns: table => new
                {
                    order = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    sku = table.Column<string>(type: "text", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    amount_currency = table.Column<string>(type: "text", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    refunded_currency = table.Column<string>(type: "text", nullable: false),
                    refunded_minor = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_order_lines", x => new { x.order, x.line });
                    table.CheckConstraint("ck_outlet_order_lines_refunded", "refunded_minor >= 0 AND refunded_minor <= amount_minor");
                    table.ForeignKey(
                        name: "fk_outlet_order_lines_outlet_orders_order",
                        column: x => x.order,
                        principalTable: "outlet_orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outlet_offers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "text", nullable: false),
                    link = table.Column<string>(type: "text", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    sku = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    condition = table.Column<int>(type: "integer", nullable: false),
                    opens = table.Column<long>(type: "bigint", nullable: false),
                    closes = table.Column<long>(type: "bigint", nullable: false),
                    code_prefix = table.Column<string>(type: "text", nullable: false),
                    limit_per_person = table.Column<int>(type: "integer", nullable: false),
                    hold_minutes = table.Column<int>(type: "integer", nullable: false),
                    shop_url = table.Column<string>(type: "text", nullable: true),
                    stage = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    units = table.Column<int>(type: "integer", nullable: false),
                    left = table.Column<int>(type: "integer", nullable: false),
                    held = table.Column<int>(type: "integer", nullable: false),
                    claimed = table.Column<int>(type: "integer", nullable: false),
                    redeemed = table.Column<int>(type: "integer", nullable: false),
                    returned = table.Column<int>(type: "integer", nullable: false),
                    author = table.Column<Guid>(type: "uuid", nullable: false),
                    author_name = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    published_at = table.Column<long>(type: "bigint", nullable: true),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    list_price_currency = table.Column<string>(type: "text", nullable: false),
                    list_price_minor = table.Column<long>(type: "bigint", nullable: false),
                    price_currency = table.Column<string>(type: "text", nullable: false),
                    price_minor = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_offers", x => x.id);
                    table.CheckConstraint("ck_outlet_offers_units", "\"left\" >= 0 AND held >= 0 AND claimed >= 0 AND redeemed >= 0 AND returned >= 0 AND \"left\" + held + claimed + redeemed + returned = units");
                    table.ForeignKey(
                        name: "fk_outlet_offers_outlet_stock_items_item",
                        column: x => x.item,
                        principalTable: "outlet_stock_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outlet_stock_movements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    on_hand_change = table.Column<int>(type: "integer", nullable: false),
                    reserved_change = table.Column<int>(type: "integer", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_stock_movements", x => x.id);
                    table.ForeignKey(
                        name: "fk_outlet_stock_movements_outlet_stock_items_item",
                        column: x => x.item,
                        principalTable: "outlet_stock_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_catalog_products_name",
                table: "catalog_products",
                column: "name");

            migrationBuilder.CreateIndex(
                name: "ix_catalog_products_sku",
                table: "catalog_products",
                column: "sku",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_promises_product_id_attribute_key",
                table: "catalog_promises",
                columns: new[] { "product_id", "attribute_key" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_accounts_network_external_id",
                table: "channels_accounts",
                columns: new[] { "network", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_assignee_status_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "assignee", "status", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_department_status_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "department", "status", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_id",
                table: "conversations_conversations",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_key",
                table: "conversations_conversations",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_network_thread_key",
                table: "conversations_conversations",
                columns: new[] { "network", "thread_key" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_person_id",
                table: "conversations_conversations",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_status_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "status", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_entries_conversation_id_at_position",
                table: "conversations_entries",
                columns: new[] { "conversation_id", "at", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_entries_external_id",
                table: "conversations_entries",
                column: "external_id");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_entries_mention_id_conversation_id",
                table: "conversations_entries",
                columns: new[] { "mention_id", "conversation_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_entries_message_id",
                table: "conversations_entries",
                column: "message_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_labels_label_conversation_id",
                table: "conversations_labels",
                columns: new[] { "label", "conversation_id" });

            migrationBuilder.CreateIndex(
                name: "ix_governance_account_claims_user_id",
                table: "governance_account_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_governance_account_logins_user_id",
                table: "governance_account_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_governance_accounts_normalized_email",
                table: "governance_accounts",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "ix_governance_accounts_normalized_user_name",
                table: "governance_accounts",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_governance_accounts_role",
                table: "governance_accounts",
                column: "role");

            migrationBuilder.CreateIndex(
                name: "ix_governance_api_keys_hash",
                table: "governance_api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_governance_sign_in_links_account",
                table: "governance_sign_in_links",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_comments_id",
                table: "ideas_comments",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_comments_idea_number",
                table: "ideas_comments",
                columns: new[] { "idea", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_answered_at_at",
                table: "ideas_ideas",
                columns: new[] { "answered_at", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_at_number",
                table: "ideas_ideas",
                columns: new[] { "at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_author_at",
                table: "ideas_ideas",
                columns: new[] { "author", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_category_score_number",
                table: "ideas_ideas",
                columns: new[] { "category", "score", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_id",
                table: "ideas_ideas",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_points_number",
                table: "ideas_ideas",
                columns: new[] { "points", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_score_number",
                table: "ideas_ideas",
                columns: new[] { "score", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_status_score_number",
                table: "ideas_ideas",
                columns: new[] { "status", "score", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_moves_idea_number",
                table: "ideas_moves",
                columns: new[] { "idea", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_votes_user_at",
                table: "ideas_votes",
                columns: new[] { "user", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_learning_credits_offer_placed_at",
                table: "learning_credits",
                columns: new[] { "offer", "placed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_learning_credits_order_line_refund",
                table: "learning_credits",
                columns: new[] { "order", "line", "refund" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_learning_credits_placed_at_number",
                table: "learning_credits",
                columns: new[] { "placed_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_corrections_mention_at",
                table: "listening_corrections",
                columns: new[] { "mention", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mention_queries_query_at_mention",
                table: "listening_mention_queries",
                columns: new[] { "query", "at", "mention" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mention_topics_topic_at_mention",
                table: "listening_mention_topics",
                columns: new[] { "topic", "at", "mention" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_at_number",
                table: "listening_mentions",
                columns: new[] { "at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_author_handle_at",
                table: "listening_mentions",
                columns: new[] { "author_handle", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_day_sentiment",
                table: "listening_mentions",
                columns: new[] { "day", "sentiment" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_id",
                table: "listening_mentions",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_person",
                table: "listening_mentions",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_source_external_id",
                table: "listening_mentions",
                columns: new[] { "source", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_thread_key_at",
                table: "listening_mentions",
                columns: new[] { "thread_key", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_queries_name",
                table: "listening_queries",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_listening_sources_name",
                table: "listening_sources",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_listening_sources_state_next_try",
                table: "listening_sources",
                columns: new[] { "state", "next_try" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_gap_conversations_conversation_id",
                table: "operations_gap_conversations",
                column: "conversation_id");

            migrationBuilder.CreateIndex(
                name: "ix_operations_gap_moves_gap_id_position",
                table: "operations_gap_moves",
                columns: new[] { "gap_id", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_gaps_cost_number",
                table: "operations_gaps",
                columns: new[] { "cost", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_gaps_id",
                table: "operations_gaps",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operations_gaps_product_id_stage",
                table: "operations_gaps",
                columns: new[] { "product_id", "stage" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_gaps_stage_cost_number",
                table: "operations_gaps",
                columns: new[] { "stage", "cost", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_claims_code",
                table: "outlet_claims",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_claims_offer_contact",
                table: "outlet_claims",
                columns: new[] { "offer", "contact" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_claims_offer_visitor",
                table: "outlet_claims",
                columns: new[] { "offer", "visitor" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_claims_state_until",
                table: "outlet_claims",
                columns: new[] { "state", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_claims_visitor",
                table: "outlet_claims",
                column: "visitor");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_clicks_offer_at",
                table: "outlet_clicks",
                columns: new[] { "offer", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_clicks_visitor_at",
                table: "outlet_clicks",
                columns: new[] { "visitor", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_offers_created_at_slug",
                table: "outlet_offers",
                columns: new[] { "created_at", "slug" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_offers_item",
                table: "outlet_offers",
                column: "item");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_offers_link",
                table: "outlet_offers",
                column: "link",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_offers_slug",
                table: "outlet_offers",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_offers_stage_closes",
                table: "outlet_offers",
                columns: new[] { "stage", "closes" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_orders_click",
                table: "outlet_orders",
                column: "click");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_orders_code",
                table: "outlet_orders",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_orders_number",
                table: "outlet_orders",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_orders_placed_at_number",
                table: "outlet_orders",
                columns: new[] { "placed_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_orders_visitor",
                table: "outlet_orders",
                column: "visitor");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_stock_items_sku",
                table: "outlet_stock_items",
                column: "sku",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_stock_movements_item_at",
                table: "outlet_stock_movements",
                columns: new[] { "item", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_people_identities_handle",
                table: "people_identities",
                column: "handle");

            migrationBuilder.CreateIndex(
                name: "ix_people_identities_network_external_id",
                table: "people_identities",
                columns: new[] { "network", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_people_identities_person_id",
                table: "people_identities",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_platform_facts_id",
                table: "platform_facts",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_platform_facts_partition_position",
                table: "platform_facts",
                columns: new[] { "partition", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_facts_subject_position",
                table: "platform_facts",
                columns: new[] { "subject", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_jobs_key",
                table: "platform_jobs",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_platform_jobs_state_due",
                table: "platform_jobs",
                columns: new[] { "state", "due" });

            migrationBuilder.CreateIndex(
                name: "ix_publishing_messages_about_id",
                table: "publishing_messages",
                columns: new[] { "about", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_publishing_messages_account_key",
                table: "publishing_messages",
                columns: new[] { "account", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_publishing_messages_status_id",
                table: "publishing_messages",
                columns: new[] { "status", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "catalog_attributes");

            migrationBuilder.DropTable(
                name: "catalog_products");

            migrationBuilder.DropTable(
                name: "catalog_promises");

            migrationBuilder.DropTable(
                name: "channels_accounts");

            migrationBuilder.DropTable(
                name: "conversations_conversations");

            migrationBuilder.DropTable(
                name: "conversations_entries");

            migrationBuilder.DropTable(
                name: "conversations_labels");

            migrationBuilder.DropTable(
                name: "governance_account_claims");

            migrationBuilder.DropTable(
                name: "governance_account_logins");

            migrationBuilder.DropTable(
                name: "governance_account_tokens");

            migrationBuilder.DropTable(
                name: "governance_accounts");

            migrationBuilder.DropTable(
                name: "governance_api_keys");

            migrationBuilder.DropTable(
                name: "governance_sign_in_links");

            migrationBuilder.DropTable(
                name: "ideas_categories");

            migrationBuilder.DropTable(
                name: "ideas_comments");

            migrationBuilder.DropTable(
                name: "ideas_ideas");

            migrationBuilder.DropTable(
                name: "ideas_moves");

            migrationBuilder.DropTable(
                name: "ideas_rank");

            migrationBuilder.DropTable(
                name: "ideas_votes");

            migrationBuilder.DropTable(
                name: "learning_credits");

            migrationBuilder.DropTable(
                name: "listening_corrections");

            migrationBuilder.DropTable(
                name: "listening_mention_queries");

            migrationBuilder.DropTable(
                name: "listening_mention_topics");

            migrationBuilder.DropTable(
                name: "listening_mentions");

            migrationBuilder.DropTable(
                name: "listening_queries");

            migrationBuilder.DropTable(
                name: "listening_sources");

            migrationBuilder.DropTable(
                name: "operations_gap_conversations");

            migrationBuilder.DropTable(
                name: "operations_gap_moves");

            migrationBuilder.DropTable(
                name: "operations_gaps");

            migrationBuilder.DropTable(
                name: "outlet_claims");

            migrationBuilder.DropTable(
                name: "outlet_clicks");

            migrationBuilder.DropTable(
                name: "outlet_offers");

            migrationBuilder.DropTable(
                name: "outlet_order_lines");

            migrationBuilder.DropTable(
                name: "outlet_order_refunds");

            migrationBuilder.DropTable(
                name: "outlet_stock_movements");

            migrationBuilder.DropTable(
                name: "people_identities");

            migrationBuilder.DropTable(
                name: "people_persons");

            migrationBuilder.DropTable(
                name: "platform_fact_cursors");

            migrationBuilder.DropTable(
                name: "platform_facts");

            migrationBuilder.DropTable(
                name: "platform_jobs");

            migrationBuilder.DropTable(
                name: "platform_parked_facts");

            migrationBuilder.DropTable(
                name: "platform_protection_keys");

            migrationBuilder.DropTable(
                name: "publishing_disclosure");

            migrationBuilder.DropTable(
                name: "publishing_messages");

            migrationBuilder.DropTable(
                name: "outlet_orders");

            migrationBuilder.DropTable(
                name: "outlet_stock_items");
        }
    }
}
