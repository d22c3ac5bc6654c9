using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Engage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_conversations_labels_label_conversation_id",
                table: "conversations_labels");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_assignee_status_last_at_number",
                table: "conversations_conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_department_status_last_at_number",
                table: "conversations_conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_last_at_number",
                table: "conversations_conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_status_last_at_number",
                table: "conversations_conversations");

            migrationBuilder.AddColumn<byte[]>(
                name: "certificate",
                table: "publishing_messages",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "corrected_claim",
                table: "publishing_messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "edited_at",
                table: "publishing_messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "evidence",
                table: "publishing_messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "held_for",
                table: "publishing_messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "publishing_messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "likes",
                table: "publishing_messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "new_words",
                table: "publishing_messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parent_handle",
                table: "publishing_messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parent_id",
                table: "publishing_messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "part",
                table: "publishing_messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "parts",
                table: "publishing_messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "policy_version",
                table: "publishing_messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "receipts_due",
                table: "publishing_messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "replies",
                table: "publishing_messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "reshares",
                table: "publishing_messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte[]>(
                name: "thread_of",
                table: "publishing_messages",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "merged_into",
                table: "people_persons",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "root",
                table: "people_persons",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "looked_at",
                table: "people_identities",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "reader",
                table: "listening_notices",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "carries",
                table: "listening_mentions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "drawer",
                table: "conversations_labels",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "last_at",
                table: "conversations_labels",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "number",
                table: "conversations_labels",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<byte[]>(
                name: "home",
                table: "conversations_entries",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "conversations_conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "merged_into",
                table: "conversations_conversations",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "priority",
                table: "conversations_conversations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "snoozed_until",
                table: "conversations_conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "standing",
                table: "conversations_conversations",
                type: "TEXT",
                nullable: false,
                defaultValue: "Normal");

            migrationBuilder.AddColumn<string>(
                name: "country",
                table: "channels_accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "drawer",
                table: "conversations_conversations",
                type: "INTEGER",
                nullable: false,
                computedColumnSql: "CASE WHEN standing = 'Merged' THEN 5 WHEN standing = 'Spam' THEN 4 WHEN status = 'Closed' THEN 3 WHEN snoozed_until IS NOT NULL THEN 2 WHEN status = 'Waiting' THEN 1 ELSE 0 END",
                stored: true);

            migrationBuilder.CreateTable(
                name: "channels_activitypub_actors",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<string>(type: "TEXT", nullable: false),
                    summary = table.Column<string>(type: "TEXT", nullable: true),
                    public_key = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    taken = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_activitypub_actors", x => x.account);
                });

            migrationBuilder.CreateTable(
                name: "channels_activitypub_followers",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    follow = table.Column<string>(type: "TEXT", nullable: false),
                    inbox = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_activitypub_followers", x => new { x.account, x.actor });
                });

            migrationBuilder.CreateTable(
                name: "channels_activitypub_hosts",
                columns: table => new
                {
                    host = table.Column<string>(type: "TEXT", nullable: false),
                    style = table.Column<string>(type: "TEXT", nullable: true),
                    not_before = table.Column<long>(type: "INTEGER", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    blocked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    blocked_by = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_activitypub_hosts", x => x.host);
                });

            migrationBuilder.CreateTable(
                name: "channels_activitypub_inbox",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    activity = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    @object = table.Column<string>(name: "object", type: "TEXT", nullable: true),
                    parent = table.Column<string>(type: "TEXT", nullable: true),
                    root = table.Column<string>(type: "TEXT", nullable: true),
                    is_public = table.Column<bool>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_activitypub_inbox", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "channels_activitypub_notes",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    is_public = table.Column<bool>(type: "INTEGER", nullable: false),
                    root = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_activitypub_notes", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "channels_activitypub_peers",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    host = table.Column<string>(type: "TEXT", nullable: false),
                    key_id = table.Column<string>(type: "TEXT", nullable: false),
                    public_key = table.Column<string>(type: "TEXT", nullable: false),
                    inbox = table.Column<string>(type: "TEXT", nullable: false),
                    shared_inbox = table.Column<string>(type: "TEXT", nullable: true),
                    username = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    avatar = table.Column<string>(type: "TEXT", nullable: true),
                    url = table.Column<string>(type: "TEXT", nullable: true),
                    fetched_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_activitypub_peers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "channels_activitypub_reactions",
                columns: table => new
                {
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    activity = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_activitypub_reactions", x => new { x.note, x.actor, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "channels_activitypub_sent",
                columns: table => new
                {
                    activity = table.Column<string>(type: "TEXT", nullable: false),
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_activitypub_sent", x => x.activity);
                });

            migrationBuilder.CreateTable(
                name: "channels_letter_files",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    media_type = table.Column<string>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_letter_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "channels_letters",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    message_id = table.Column<string>(type: "TEXT", nullable: false),
                    thread = table.Column<string>(type: "TEXT", nullable: false),
                    is_ours = table.Column<bool>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    reply_to = table.Column<string>(type: "TEXT", nullable: true),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    references = table.Column<string>(type: "TEXT", nullable: false),
                    folded = table.Column<string>(type: "TEXT", nullable: true),
                    checks = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_letters", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "channels_placed_posts",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    prepared = table.Column<string>(type: "TEXT", nullable: false),
                    network_id = table.Column<string>(type: "TEXT", nullable: true),
                    url = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_placed_posts", x => new { x.account, x.key });
                });

            migrationBuilder.CreateTable(
                name: "conversations_agents",
                columns: table => new
                {
                    user = table.Column<byte[]>(type: "BLOB", nullable: false),
                    skills = table.Column<string>(type: "TEXT", nullable: false),
                    languages = table.Column<string>(type: "TEXT", nullable: false),
                    capacity = table.Column<int>(type: "INTEGER", nullable: false),
                    away_until = table.Column<long>(type: "INTEGER", nullable: true),
                    turn = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_agents", x => x.user);
                });

            migrationBuilder.CreateTable(
                name: "conversations_blocks",
                columns: table => new
                {
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_blocks", x => x.person_id);
                });

            migrationBuilder.CreateTable(
                name: "conversations_calendars",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_calendars", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversations_clock_steps",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    clock = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    what = table.Column<string>(type: "TEXT", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: true),
                    elapsed = table.Column<long>(type: "INTEGER", nullable: false),
                    target = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_clock_steps", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "conversations_clocks",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    policy = table.Column<byte[]>(type: "BLOB", nullable: false),
                    policy_name = table.Column<string>(type: "TEXT", nullable: false),
                    calendar = table.Column<byte[]>(type: "BLOB", nullable: true),
                    target = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    elapsed = table.Column<long>(type: "INTEGER", nullable: false),
                    running_since = table.Column<long>(type: "INTEGER", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    breached_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done = table.Column<int>(type: "INTEGER", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_clocks", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "conversations_desks",
                columns: table => new
                {
                    department = table.Column<string>(type: "TEXT", nullable: false),
                    way = table.Column<string>(type: "TEXT", nullable: false),
                    turn = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_desks", x => x.department);
                });

            migrationBuilder.CreateTable(
                name: "conversations_drafts",
                columns: table => new
                {
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    origin = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_drafts", x => new { x.conversation_id, x.user_id });
                });

            migrationBuilder.CreateTable(
                name: "conversations_filters",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    query = table.Column<string>(type: "TEXT", nullable: false),
                    shared = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_filters", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversations_label_tallies",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    label = table.Column<string>(type: "TEXT", nullable: false),
                    change = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_label_tallies", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "conversations_macros",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_key = table.Column<string>(type: "TEXT", nullable: false),
                    steps = table.Column<string>(type: "TEXT", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_macros", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversations_mergers",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    from = table.Column<byte[]>(type: "BLOB", nullable: false),
                    into = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_mergers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversations_named",
                columns: table => new
                {
                    user = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_named", x => new { x.user, x.conversation_id });
                });

            migrationBuilder.CreateTable(
                name: "conversations_open_spans",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    record = table.Column<long>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_open_spans", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "conversations_own_answers",
                columns: table => new
                {
                    mention = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    due = table.Column<long>(type: "INTEGER", nullable: false),
                    looked = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_own_answers", x => x.mention);
                });

            migrationBuilder.CreateTable(
                name: "conversations_own_status",
                columns: table => new
                {
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_own_status", x => x.conversation_id);
                });

            migrationBuilder.CreateTable(
                name: "conversations_presence",
                columns: table => new
                {
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answering_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_presence", x => new { x.conversation_id, x.user_id });
                });

            migrationBuilder.CreateTable(
                name: "conversations_queue",
                columns: table => new
                {
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    department = table.Column<string>(type: "TEXT", nullable: false),
                    skills = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_queue", x => x.conversation);
                });

            migrationBuilder.CreateTable(
                name: "conversations_rating_asks",
                columns: table => new
                {
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    token = table.Column<string>(type: "TEXT", nullable: false),
                    due = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    message = table.Column<byte[]>(type: "BLOB", nullable: true),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    stars = table.Column<int>(type: "INTEGER", nullable: true),
                    comment = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_rating_asks", x => x.conversation);
                });

            migrationBuilder.CreateTable(
                name: "conversations_rating_settings",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    delay_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    quiet_days = table.Column<int>(type: "INTEGER", nullable: false),
                    home = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_rating_settings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversations_records",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    network = table.Column<string>(type: "TEXT", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    snoozed = table.Column<bool>(type: "INTEGER", nullable: false),
                    standing = table.Column<string>(type: "TEXT", nullable: false),
                    priority = table.Column<string>(type: "TEXT", nullable: false),
                    department = table.Column<string>(type: "TEXT", nullable: true),
                    assignee = table.Column<byte[]>(type: "BLOB", nullable: true),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    posts = table.Column<int>(type: "INTEGER", nullable: false),
                    replies = table.Column<int>(type: "INTEGER", nullable: false),
                    first_reply_at = table.Column<long>(type: "INTEGER", nullable: true),
                    first_reply_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    last_reply_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    first = table.Column<long>(type: "INTEGER", nullable: true),
                    first_open = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reopenings = table.Column<int>(type: "INTEGER", nullable: false),
                    resolution = table.Column<long>(type: "INTEGER", nullable: true),
                    resolution_open = table.Column<long>(type: "INTEGER", nullable: true),
                    policy = table.Column<byte[]>(type: "BLOB", nullable: true),
                    policy_chosen = table.Column<bool>(type: "INTEGER", nullable: false),
                    calendar = table.Column<byte[]>(type: "BLOB", nullable: true),
                    first_met = table.Column<string>(type: "TEXT", nullable: false),
                    next_met = table.Column<string>(type: "TEXT", nullable: false),
                    resolution_met = table.Column<string>(type: "TEXT", nullable: false),
                    rating = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_records", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "conversations_responses",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    record = table.Column<long>(type: "INTEGER", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    first = table.Column<bool>(type: "INTEGER", nullable: false),
                    took = table.Column<long>(type: "INTEGER", nullable: false),
                    took_open = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_responses", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "conversations_rule_firings",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    rule = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    mention = table.Column<byte[]>(type: "BLOB", nullable: true),
                    moment = table.Column<string>(type: "TEXT", nullable: false),
                    occasion = table.Column<string>(type: "TEXT", nullable: true),
                    did = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_rule_firings", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "conversations_rule_versions",
                columns: table => new
                {
                    rule = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_rule_versions", x => new { x.rule, x.version });
                });

            migrationBuilder.CreateTable(
                name: "conversations_rule_waits",
                columns: table => new
                {
                    rule = table.Column<long>(type: "INTEGER", nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    due = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_rule_waits", x => new { x.rule, x.conversation });
                });

            migrationBuilder.CreateTable(
                name: "conversations_rules",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    live_version = table.Column<int>(type: "INTEGER", nullable: true),
                    live_since = table.Column<long>(type: "INTEGER", nullable: true),
                    tried_version = table.Column<int>(type: "INTEGER", nullable: true),
                    tried_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    removed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_rules", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "conversations_saved_replies",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    title_key = table.Column<string>(type: "TEXT", nullable: false),
                    default_language = table.Column<string>(type: "TEXT", nullable: false),
                    texts = table.Column<string>(type: "TEXT", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_saved_replies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversations_sla_policies",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    priority = table.Column<string>(type: "TEXT", nullable: true),
                    network = table.Column<string>(type: "TEXT", nullable: true),
                    department = table.Column<string>(type: "TEXT", nullable: true),
                    first_response = table.Column<int>(type: "INTEGER", nullable: true),
                    next_response = table.Column<int>(type: "INTEGER", nullable: true),
                    resolution = table.Column<int>(type: "INTEGER", nullable: true),
                    calendar = table.Column<byte[]>(type: "BLOB", nullable: true),
                    escalations = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_sla_policies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversations_split_entries",
                columns: table => new
                {
                    split = table.Column<byte[]>(type: "BLOB", nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    home = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_split_entries", x => new { x.split, x.position });
                });

            migrationBuilder.CreateTable(
                name: "conversations_steps",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    batch = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    was = table.Column<string>(type: "TEXT", nullable: true),
                    became = table.Column<string>(type: "TEXT", nullable: true),
                    by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_steps", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "conversations_tallies",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    drawer = table.Column<int>(type: "INTEGER", nullable: false),
                    department = table.Column<string>(type: "TEXT", nullable: true),
                    assignee = table.Column<byte[]>(type: "BLOB", nullable: true),
                    change = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_tallies", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "conversations_work_minutes",
                columns: table => new
                {
                    user = table.Column<byte[]>(type: "BLOB", nullable: false),
                    minute = table.Column<long>(type: "INTEGER", nullable: false),
                    handling = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_work_minutes", x => new { x.user, x.minute });
                });

            migrationBuilder.CreateTable(
                name: "governance_certificates",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    user = table.Column<byte[]>(type: "BLOB", nullable: false),
                    level = table.Column<string>(type: "TEXT", nullable: false),
                    granted_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    granted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends = table.Column<long>(type: "INTEGER", nullable: false),
                    revoked_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_governance_certificates", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ideas_comment_words",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_comment_words", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_compared",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_compared", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ideas_rankers",
                columns: table => new
                {
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    said = table.Column<int>(type: "INTEGER", nullable: false),
                    learned = table.Column<int>(type: "INTEGER", nullable: false),
                    held_out = table.Column<int>(type: "INTEGER", nullable: false),
                    map = table.Column<double>(type: "REAL", nullable: false),
                    before = table.Column<double>(type: "REAL", nullable: false),
                    data = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_rankers", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "ideas_said_alike",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    idea = table.Column<byte[]>(type: "BLOB", nullable: true),
                    text = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    other = table.Column<byte[]>(type: "BLOB", nullable: false),
                    is_same = table.Column<bool>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_said_alike", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_sayings",
                columns: table => new
                {
                    idea = table.Column<byte[]>(type: "BLOB", nullable: false),
                    mention = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person = table.Column<byte[]>(type: "BLOB", nullable: true),
                    network = table.Column<string>(type: "TEXT", nullable: false),
                    is_same = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_gone = table.Column<bool>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_sayings", x => new { x.idea, x.mention });
                });

            migrationBuilder.CreateTable(
                name: "ideas_suggested_merges",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    idea = table.Column<byte[]>(type: "BLOB", nullable: false),
                    other = table.Column<byte[]>(type: "BLOB", nullable: false),
                    alike = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_suggested_merges", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "people_consents",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    given = table.Column<bool>(type: "INTEGER", nullable: false),
                    how = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    proof = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    noted_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_consents", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "people_erased_accounts",
                columns: table => new
                {
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    keep_out = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_erased_accounts", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "people_erasure_salt",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    salt = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_erasure_salt", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people_erasures",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    persons = table.Column<string>(type: "TEXT", nullable: false),
                    accounts = table.Column<string>(type: "TEXT", nullable: true),
                    keep_out = table.Column<bool>(type: "INTEGER", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    report = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_erasures", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people_merges",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kept = table.Column<byte[]>(type: "BLOB", nullable: false),
                    joined = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    parted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    parted_by = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_merges", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "people_proposals",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    first = table.Column<byte[]>(type: "BLOB", nullable: false),
                    second = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    score = table.Column<int>(type: "INTEGER", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", nullable: false),
                    found_at = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_by = table.Column<string>(type: "TEXT", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_proposals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people_signs",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    where = table.Column<string>(type: "TEXT", nullable: false),
                    link = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    is_new = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_signs", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "publishing_decisions",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    what = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    before = table.Column<string>(type: "TEXT", nullable: true),
                    after = table.Column<string>(type: "TEXT", nullable: true),
                    policy_version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publishing_decisions", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "publishing_pictures",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false),
                    media_type = table.Column<string>(type: "TEXT", nullable: false),
                    alt = table.Column<string>(type: "TEXT", nullable: false),
                    width = table.Column<int>(type: "INTEGER", nullable: false),
                    height = table.Column<int>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publishing_pictures", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_points",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    minute = table.Column<long>(type: "INTEGER", nullable: false),
                    points = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publishing_points", x => new { x.account, x.minute });
                });

            migrationBuilder.CreateTable(
                name: "publishing_policies",
                columns: table => new
                {
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    by_name = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publishing_policies", x => x.version);
                });

            migrationBuilder.CreateIndex(
                name: "ix_publishing_messages_author_status",
                table: "publishing_messages",
                columns: new[] { "author", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_publishing_messages_external_id",
                table: "publishing_messages",
                column: "external_id");

            migrationBuilder.CreateIndex(
                name: "ix_publishing_messages_status_receipts_due",
                table: "publishing_messages",
                columns: new[] { "status", "receipts_due" });

            migrationBuilder.CreateIndex(
                name: "ix_publishing_messages_thread_of_part",
                table: "publishing_messages",
                columns: new[] { "thread_of", "part" });

            migrationBuilder.CreateIndex(
                name: "ix_people_persons_root",
                table: "people_persons",
                column: "root");

            migrationBuilder.CreateIndex(
                name: "ix_people_identities_last_seen_id",
                table: "people_identities",
                columns: new[] { "last_seen", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_people_identities_looked_at",
                table: "people_identities",
                column: "looked_at");

            migrationBuilder.CreateIndex(
                name: "ix_listening_notices_reader_number",
                table: "listening_notices",
                columns: new[] { "reader", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_labels_label_drawer_last_at_number",
                table: "conversations_labels",
                columns: new[] { "label", "drawer", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_assignee_drawer_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "assignee", "drawer", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_department_drawer_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "department", "drawer", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_drawer_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "drawer", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_due_at_number",
                table: "conversations_conversations",
                columns: new[] { "due_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_merged_into",
                table: "conversations_conversations",
                column: "merged_into");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_network_drawer_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "network", "drawer", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_priority_drawer_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "priority", "drawer", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_activitypub_actors_name",
                table: "channels_activitypub_actors",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_activitypub_followers_account_inbox",
                table: "channels_activitypub_followers",
                columns: new[] { "account", "inbox" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_activitypub_inbox_account_activity",
                table: "channels_activitypub_inbox",
                columns: new[] { "account", "activity" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_activitypub_inbox_object",
                table: "channels_activitypub_inbox",
                column: "object");

            migrationBuilder.CreateIndex(
                name: "ix_channels_activitypub_inbox_parent",
                table: "channels_activitypub_inbox",
                column: "parent");

            migrationBuilder.CreateIndex(
                name: "ix_channels_activitypub_notes_account_key",
                table: "channels_activitypub_notes",
                columns: new[] { "account", "key" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_activitypub_peers_key_id",
                table: "channels_activitypub_peers",
                column: "key_id");

            migrationBuilder.CreateIndex(
                name: "ix_channels_letter_files_message_id",
                table: "channels_letter_files",
                column: "message_id");

            migrationBuilder.CreateIndex(
                name: "ix_channels_letters_address",
                table: "channels_letters",
                column: "address");

            migrationBuilder.CreateIndex(
                name: "ix_channels_letters_message_id",
                table: "channels_letters",
                column: "message_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channels_letters_thread_number",
                table: "channels_letters",
                columns: new[] { "thread", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_placed_posts_account_network_id",
                table: "channels_placed_posts",
                columns: new[] { "account", "network_id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_clock_steps_conversation_number",
                table: "conversations_clock_steps",
                columns: new[] { "conversation", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_clocks_conversation",
                table: "conversations_clocks",
                column: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_clocks_next_at",
                table: "conversations_clocks",
                column: "next_at");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_drafts_user_id_at",
                table: "conversations_drafts",
                columns: new[] { "user_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_filters_owner",
                table: "conversations_filters",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_macros_name_key",
                table: "conversations_macros",
                column: "name_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_mergers_from",
                table: "conversations_mergers",
                column: "from");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_mergers_into",
                table: "conversations_mergers",
                column: "into");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_named_conversation_id",
                table: "conversations_named",
                column: "conversation_id");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_open_spans_record",
                table: "conversations_open_spans",
                column: "record");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_open_spans_until_since",
                table: "conversations_open_spans",
                columns: new[] { "until", "since" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_own_answers_looked_due",
                table: "conversations_own_answers",
                columns: new[] { "looked", "due" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_presence_seen_at",
                table: "conversations_presence",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_queue_department_since",
                table: "conversations_queue",
                columns: new[] { "department", "since" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_rating_asks_asked_at",
                table: "conversations_rating_asks",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_rating_asks_state_due",
                table: "conversations_rating_asks",
                columns: new[] { "state", "due" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_rating_asks_token",
                table: "conversations_rating_asks",
                column: "token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_records_conversation",
                table: "conversations_records",
                column: "conversation",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_records_opened_at",
                table: "conversations_records",
                column: "opened_at");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_responses_asked_at",
                table: "conversations_responses",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_responses_record",
                table: "conversations_responses",
                column: "record");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_rule_firings_conversation_position",
                table: "conversations_rule_firings",
                columns: new[] { "conversation", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_rule_firings_rule_at",
                table: "conversations_rule_firings",
                columns: new[] { "rule", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_rule_firings_rule_conversation_occasion",
                table: "conversations_rule_firings",
                columns: new[] { "rule", "conversation", "occasion" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_rule_firings_rule_position",
                table: "conversations_rule_firings",
                columns: new[] { "rule", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_rule_waits_conversation",
                table: "conversations_rule_waits",
                column: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_rule_waits_due",
                table: "conversations_rule_waits",
                column: "due");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_rules_place_number",
                table: "conversations_rules",
                columns: new[] { "place", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_saved_replies_title_key",
                table: "conversations_saved_replies",
                column: "title_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_steps_at",
                table: "conversations_steps",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_steps_batch",
                table: "conversations_steps",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_steps_conversation_id_number",
                table: "conversations_steps",
                columns: new[] { "conversation_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_work_minutes_minute",
                table: "conversations_work_minutes",
                column: "minute");

            migrationBuilder.CreateIndex(
                name: "ix_governance_certificates_user",
                table: "governance_certificates",
                column: "user");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_comment_words_missing",
                table: "ideas_comment_words",
                column: "number",
                filter: "words IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_rankers_state",
                table: "ideas_rankers",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_said_alike_by_other",
                table: "ideas_said_alike",
                columns: new[] { "by", "other" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_said_alike_idea_other",
                table: "ideas_said_alike",
                columns: new[] { "idea", "other" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_said_alike_other",
                table: "ideas_said_alike",
                column: "other");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_sayings_mention",
                table: "ideas_sayings",
                column: "mention");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_sayings_person",
                table: "ideas_sayings",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_suggested_merges_alike_number",
                table: "ideas_suggested_merges",
                columns: new[] { "alike", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_suggested_merges_idea_other",
                table: "ideas_suggested_merges",
                columns: new[] { "idea", "other" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_people_consents_person_id_purpose_channel",
                table: "people_consents",
                columns: new[] { "person_id", "purpose", "channel" });

            migrationBuilder.CreateIndex(
                name: "ix_people_erasures_done_at",
                table: "people_erasures",
                column: "done_at");

            migrationBuilder.CreateIndex(
                name: "ix_people_merges_joined",
                table: "people_merges",
                column: "joined");

            migrationBuilder.CreateIndex(
                name: "ix_people_merges_kept",
                table: "people_merges",
                column: "kept");

            migrationBuilder.CreateIndex(
                name: "ix_people_proposals_first_second",
                table: "people_proposals",
                columns: new[] { "first", "second" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_people_proposals_second",
                table: "people_proposals",
                column: "second");

            migrationBuilder.CreateIndex(
                name: "ix_people_proposals_state_score_id",
                table: "people_proposals",
                columns: new[] { "state", "score", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_people_signs_is_new_number",
                table: "people_signs",
                columns: new[] { "is_new", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_people_signs_key_kind_person_id",
                table: "people_signs",
                columns: new[] { "key", "kind", "person_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_people_signs_person_id",
                table: "people_signs",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_publishing_decisions_message_id_number",
                table: "publishing_decisions",
                columns: new[] { "message_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_publishing_pictures_at",
                table: "publishing_pictures",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_publishing_pictures_message_id_position",
                table: "publishing_pictures",
                columns: new[] { "message_id", "position" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channels_activitypub_actors");

            migrationBuilder.DropTable(
                name: "channels_activitypub_followers");

            migrationBuilder.DropTable(
                name: "channels_activitypub_hosts");

            migrationBuilder.DropTable(
                name: "channels_activitypub_inbox");

            migrationBuilder.DropTable(
                name: "channels_activitypub_notes");

            migrationBuilder.DropTable(
                name: "channels_activitypub_peers");

            migrationBuilder.DropTable(
                name: "channels_activitypub_reactions");

            migrationBuilder.DropTable(
                name: "channels_activitypub_sent");

            migrationBuilder.DropTable(
                name: "channels_letter_files");

            migrationBuilder.DropTable(
                name: "channels_letters");

            migrationBuilder.DropTable(
                name: "channels_placed_posts");

            migrationBuilder.DropTable(
                name: "conversations_agents");

            migrationBuilder.DropTable(
                name: "conversations_blocks");

            migrationBuilder.DropTable(
                name: "conversations_calendars");

            migrationBuilder.DropTable(
                name: "conversations_clock_steps");

            migrationBuilder.DropTable(
                name: "conversations_clocks");

            migrationBuilder.DropTable(
                name: "conversations_desks");

            migrationBuilder.DropTable(
                name: "conversations_drafts");

            migrationBuilder.DropTable(
                name: "conversations_filters");

            migrationBuilder.DropTable(
                name: "conversations_label_tallies");

            migrationBuilder.DropTable(
                name: "conversations_macros");

            migrationBuilder.DropTable(
                name: "conversations_mergers");

            migrationBuilder.DropTable(
                name: "conversations_named");

            migrationBuilder.DropTable(
                name: "conversations_open_spans");

            migrationBuilder.DropTable(
                name: "conversations_own_answers");

            migrationBuilder.DropTable(
                name: "conversations_own_status");

            migrationBuilder.DropTable(
                name: "conversations_presence");

            migrationBuilder.DropTable(
                name: "conversations_queue");

            migrationBuilder.DropTable(
                name: "conversations_rating_asks");

            migrationBuilder.DropTable(
                name: "conversations_rating_settings");

            migrationBuilder.DropTable(
                name: "conversations_records");

            migrationBuilder.DropTable(
                name: "conversations_responses");

            migrationBuilder.DropTable(
                name: "conversations_rule_firings");

            migrationBuilder.DropTable(
                name: "conversations_rule_versions");

            migrationBuilder.DropTable(
                name: "conversations_rule_waits");

            migrationBuilder.DropTable(
                name: "conversations_rules");

            migrationBuilder.DropTable(
                name: "conversations_saved_replies");

            migrationBuilder.DropTable(
                name: "conversations_sla_policies");

            migrationBuilder.DropTable(
                name: "conversations_split_entries");

            migrationBuilder.DropTable(
                name: "conversations_steps");

            migrationBuilder.DropTable(
                name: "conversations_tallies");

            migrationBuilder.DropTable(
                name: "conversations_work_minutes");

            migrationBuilder.DropTable(
                name: "governance_certificates");

            migrationBuilder.DropTable(
                name: "ideas_comment_words");

            migrationBuilder.DropTable(
                name: "ideas_compared");

            migrationBuilder.DropTable(
                name: "ideas_rankers");

            migrationBuilder.DropTable(
                name: "ideas_said_alike");

            migrationBuilder.DropTable(
                name: "ideas_sayings");

            migrationBuilder.DropTable(
                name: "ideas_suggested_merges");

            migrationBuilder.DropTable(
                name: "people_consents");

            migrationBuilder.DropTable(
                name: "people_erased_accounts");

            migrationBuilder.DropTable(
                name: "people_erasure_salt");

            migrationBuilder.DropTable(
                name: "people_erasures");

            migrationBuilder.DropTable(
                name: "people_merges");

            migrationBuilder.DropTable(
                name: "people_proposals");

            migrationBuilder.DropTable(
                name: "people_signs");

            migrationBuilder.DropTable(
                name: "publishing_decisions");

            migrationBuilder.DropTable(
                name: "publishing_pictures");

            migrationBuilder.DropTable(
                name: "publishing_points");

            migrationBuilder.DropTable(
                name: "publishing_policies");

            migrationBuilder.DropIndex(
                name: "ix_publishing_messages_author_status",
                table: "publishing_messages");

            migrationBuilder.DropIndex(
                name: "ix_publishing_messages_external_id",
                table: "publishing_messages");

            migrationBuilder.DropIndex(
                name: "ix_publishing_messages_status_receipts_due",
                table: "publishing_messages");

            migrationBuilder.DropIndex(
                name: "ix_publishing_messages_thread_of_part",
                table: "publishing_messages");

            migrationBuilder.DropIndex(
                name: "ix_people_persons_root",
                table: "people_persons");

            migrationBuilder.DropIndex(
                name: "ix_people_identities_last_seen_id",
                table: "people_identities");

            migrationBuilder.DropIndex(
                name: "ix_people_identities_looked_at",
                table: "people_identities");

            migrationBuilder.DropIndex(
                name: "ix_listening_notices_reader_number",
                table: "listening_notices");

            migrationBuilder.DropIndex(
                name: "ix_conversations_labels_label_drawer_last_at_number",
                table: "conversations_labels");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_assignee_drawer_last_at_number",
                table: "conversations_conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_department_drawer_last_at_number",
                table: "conversations_conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_drawer_last_at_number",
                table: "conversations_conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_due_at_number",
                table: "conversations_conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_merged_into",
                table: "conversations_conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_network_drawer_last_at_number",
                table: "conversations_conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_priority_drawer_last_at_number",
                table: "conversations_conversations");

            migrationBuilder.DropColumn(
                name: "drawer",
                table: "conversations_conversations");

            migrationBuilder.DropColumn(
                name: "certificate",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "corrected_claim",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "evidence",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "held_for",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "language",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "likes",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "new_words",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "parent_handle",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "parent_id",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "part",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "parts",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "policy_version",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "receipts_due",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "replies",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "reshares",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "thread_of",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "people_persons");

            migrationBuilder.DropColumn(
                name: "root",
                table: "people_persons");

            migrationBuilder.DropColumn(
                name: "looked_at",
                table: "people_identities");

            migrationBuilder.DropColumn(
                name: "reader",
                table: "listening_notices");

            migrationBuilder.DropColumn(
                name: "carries",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "drawer",
                table: "conversations_labels");

            migrationBuilder.DropColumn(
                name: "last_at",
                table: "conversations_labels");

            migrationBuilder.DropColumn(
                name: "number",
                table: "conversations_labels");

            migrationBuilder.DropColumn(
                name: "home",
                table: "conversations_entries");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "conversations_conversations");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "conversations_conversations");

            migrationBuilder.DropColumn(
                name: "priority",
                table: "conversations_conversations");

            migrationBuilder.DropColumn(
                name: "snoozed_until",
                table: "conversations_conversations");

            migrationBuilder.DropColumn(
                name: "standing",
                table: "conversations_conversations");

            migrationBuilder.DropColumn(
                name: "country",
                table: "channels_accounts");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_labels_label_conversation_id",
                table: "conversations_labels",
                columns: new[] { "label", "conversation_id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_assignee_status_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "assignee", "status", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_department_status_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "department", "status", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_status_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "status", "last_at", "number" });
        }
    }
}
