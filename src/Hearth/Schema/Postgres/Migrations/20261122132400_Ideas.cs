using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Ideas : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ideas_rank");

            migrationBuilder.DropColumn(
                name: "units",
                table: "ideas_votes");

            migrationBuilder.AddColumn<Guid>(
                name: "carried_from",
                table: "ideas_votes",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "held",
                table: "ideas_votes",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "weight",
                table: "ideas_votes",
                type: "integer",
                nullable: false,
                defaultValue: 1000);

            migrationBuilder.AddColumn<Guid>(
                name: "change",
                table: "ideas_moves",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "due",
                table: "ideas_moves",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "place",
                table: "ideas_moves",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "anew_of",
                table: "ideas_ideas",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "archive_at",
                table: "ideas_ideas",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "best_answer",
                table: "ideas_ideas",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "builds_on",
                table: "ideas_ideas",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "controversy",
                table: "ideas_ideas",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "edited_at",
                table: "ideas_ideas",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "edits",
                table: "ideas_ideas",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "for_whom",
                table: "ideas_ideas",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "held",
                table: "ideas_ideas",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "implemented_at",
                table: "ideas_ideas",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                table: "ideas_ideas",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "moved_at",
                table: "ideas_ideas",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "net",
                table: "ideas_ideas",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "owned_since",
                table: "ideas_ideas",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "owner",
                table: "ideas_ideas",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "rise",
                table: "ideas_ideas",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "rising",
                table: "ideas_ideas",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "standing",
                table: "ideas_ideas",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "storm",
                table: "ideas_ideas",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "what",
                table: "ideas_ideas",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "why",
                table: "ideas_ideas",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "edited_at",
                table: "ideas_comments",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "edits",
                table: "ideas_comments",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "home",
                table: "ideas_comments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "removed",
                table: "ideas_comments",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "removed_at",
                table: "ideas_comments",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "replies",
                table: "ideas_comments",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "reply_to",
                table: "ideas_comments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "root",
                table: "ideas_comments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "governance_accounts",
                type: "text",
                nullable: false,
                defaultValue: "Member");

            migrationBuilder.CreateTable(
                name: "channels_trackers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    repository = table.Column<string>(type: "text", nullable: false),
                    login = table.Column<string>(type: "text", nullable: false),
                    token = table.Column<string>(type: "text", nullable: false),
                    secret = table.Column<string>(type: "text", nullable: false),
                    connected_at = table.Column<long>(type: "bigint", nullable: false),
                    removed_at = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    error_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_trackers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "governance_account_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1023, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_governance_account_passkeys", x => x.credential_id);
                });

            migrationBuilder.CreateTable(
                name: "governance_mailed_links",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true),
                    to = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    used = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_governance_mailed_links", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "governance_oidc_providers",
                columns: table => new
                {
                    slug = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    issuer = table.Column<string>(type: "text", nullable: false),
                    client_id = table.Column<string>(type: "text", nullable: false),
                    client_secret = table.Column<string>(type: "text", nullable: true),
                    for_staff = table.Column<bool>(type: "boolean", nullable: false),
                    opens_as = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    domains = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_governance_oidc_providers", x => x.slug);
                });

            migrationBuilder.CreateTable(
                name: "ideas_agenda",
                columns: table => new
                {
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    question = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_agenda", x => x.idea);
                });

            migrationBuilder.CreateTable(
                name: "ideas_answer_counts",
                columns: table => new
                {
                    category = table.Column<string>(type: "text", nullable: false),
                    hours = table.Column<int>(type: "integer", nullable: false),
                    ideas = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_answer_counts", x => new { x.category, x.hours });
                });

            migrationBuilder.CreateTable(
                name: "ideas_board",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    half_life_days = table.Column<int>(type: "integer", nullable: false),
                    points_per_vote = table.Column<int>(type: "integer", nullable: false),
                    archive_after_months = table.Column<int>(type: "integer", nullable: false),
                    guest_votes = table.Column<int>(type: "integer", nullable: false),
                    guests_post = table.Column<bool>(type: "boolean", nullable: false),
                    epoch_day = table.Column<int>(type: "integer", nullable: false),
                    rising_epoch_day = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_board", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ideas_counts",
                columns: table => new
                {
                    category = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    answered = table.Column<bool>(type: "boolean", nullable: false),
                    ideas = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_counts", x => new { x.category, x.status, x.answered });
                });

            migrationBuilder.CreateTable(
                name: "ideas_digests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    sent_at = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_digests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ideas_dipper_cases",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    way = table.Column<int>(type: "integer", nullable: false),
                    chance = table.Column<double>(type: "double precision", nullable: false),
                    signs = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    accounts = table.Column<int>(type: "integer", nullable: false),
                    votes = table.Column<int>(type: "integer", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_dipper_cases", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_dipper_votes",
                columns: table => new
                {
                    @case = table.Column<Guid>(name: "case", type: "uuid", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_dipper_votes", x => new { x.@case, x.idea, x.user });
                });

            migrationBuilder.CreateTable(
                name: "ideas_estimates",
                columns: table => new
                {
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    effort = table.Column<int>(type: "integer", nullable: false),
                    impact = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_estimates", x => x.idea);
                });

            migrationBuilder.CreateTable(
                name: "ideas_evidence",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_evidence", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_follows",
                columns: table => new
                {
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    follows = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_follows", x => new { x.idea, x.user });
                });

            migrationBuilder.CreateTable(
                name: "ideas_images",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: true),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    alt = table.Column<string>(type: "text", nullable: false),
                    media_type = table.Column<string>(type: "text", nullable: false),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false),
                    down = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_images", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ideas_imported_people",
                columns: table => new
                {
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_imported_people", x => x.user);
                });

            migrationBuilder.CreateTable(
                name: "ideas_mail_wishes",
                columns: table => new
                {
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    every = table.Column<string>(type: "text", nullable: false),
                    next_at = table.Column<long>(type: "bigint", nullable: false),
                    token = table.Column<string>(type: "text", nullable: false),
                    home = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_mail_wishes", x => x.user);
                });

            migrationBuilder.CreateTable(
                name: "ideas_merges",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    into = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    undone_at = table.Column<long>(type: "bigint", nullable: true),
                    undone_by = table.Column<Guid>(type: "uuid", nullable: true),
                    undone_by_name = table.Column<string>(type: "text", nullable: true),
                    undone_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_merges", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_named",
                columns: table => new
                {
                    comment = table.Column<Guid>(type: "uuid", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_named", x => new { x.comment, x.user });
                });

            migrationBuilder.CreateTable(
                name: "ideas_news",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    audience = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "text", nullable: true),
                    change = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    spread_at = table.Column<long>(type: "bigint", nullable: true),
                    words = table.Column<string>(type: "text", nullable: true),
                    written_by = table.Column<string>(type: "text", nullable: true),
                    home = table.Column<string>(type: "text", nullable: true),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_by_name = table.Column<string>(type: "text", nullable: true),
                    approved_initials = table.Column<string>(type: "text", nullable: true),
                    approved_department = table.Column<string>(type: "text", nullable: true),
                    approved_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_news", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_notices",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    because = table.Column<string>(type: "text", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: true),
                    news = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: true),
                    digest = table.Column<Guid>(type: "uuid", nullable: true),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    network = table.Column<string>(type: "text", nullable: true),
                    mention = table.Column<Guid>(type: "uuid", nullable: true),
                    conversation = table.Column<Guid>(type: "uuid", nullable: true),
                    message = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: true),
                    why = table.Column<string>(type: "text", nullable: true),
                    state_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_notices", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_partners",
                columns: table => new
                {
                    category = table.Column<string>(type: "text", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_partners", x => new { x.category, x.user });
                });

            migrationBuilder.CreateTable(
                name: "ideas_persons",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    joined_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_persons", x => x.person);
                });

            migrationBuilder.CreateTable(
                name: "ideas_products",
                columns: table => new
                {
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    product = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_products", x => new { x.idea, x.product });
                });

            migrationBuilder.CreateTable(
                name: "ideas_profiles",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    about = table.Column<string>(type: "text", nullable: true),
                    link = table.Column<string>(type: "text", nullable: true),
                    show_ideas = table.Column<bool>(type: "boolean", nullable: false),
                    show_comments = table.Column<bool>(type: "boolean", nullable: false),
                    show_votes = table.Column<bool>(type: "boolean", nullable: false),
                    on_leaderboard = table.Column<bool>(type: "boolean", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    points = table.Column<int>(type: "integer", nullable: false),
                    implemented = table.Column<int>(type: "integer", nullable: false),
                    partly = table.Column<int>(type: "integer", nullable: false),
                    planned = table.Column<int>(type: "integer", nullable: false),
                    contributed = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_profiles", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_removals",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    comment = table.Column<Guid>(type: "uuid", nullable: true),
                    image = table.Column<Guid>(type: "uuid", nullable: true),
                    why = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    kept = table.Column<string>(type: "text", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    month = table.Column<int>(type: "integer", nullable: false),
                    restored_at = table.Column<long>(type: "bigint", nullable: true),
                    restored_by = table.Column<Guid>(type: "uuid", nullable: true),
                    restored_by_name = table.Column<string>(type: "text", nullable: true),
                    restored_note = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_removals", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_reports",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    target = table.Column<Guid>(type: "uuid", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    comment = table.Column<Guid>(type: "uuid", nullable: true),
                    why = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    settled_at = table.Column<long>(type: "bigint", nullable: true),
                    settled_by = table.Column<Guid>(type: "uuid", nullable: true),
                    upheld = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_reports", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_signals",
                columns: table => new
                {
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    device = table.Column<long>(type: "bigint", nullable: false),
                    network = table.Column<long>(type: "bigint", nullable: false),
                    agent = table.Column<long>(type: "bigint", nullable: false),
                    referrer = table.Column<string>(type: "text", nullable: true),
                    posted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_signals", x => new { x.user, x.idea });
                });

            migrationBuilder.CreateTable(
                name: "ideas_storm_promises",
                columns: table => new
                {
                    storm = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    what = table.Column<string>(type: "text", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_storm_promises", x => new { x.storm, x.place });
                });

            migrationBuilder.CreateTable(
                name: "ideas_storms",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    question = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    opens_at = table.Column<long>(type: "bigint", nullable: false),
                    closes_at = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<int>(type: "integer", nullable: true),
                    summed_up_at = table.Column<long>(type: "bigint", nullable: true),
                    summary = table.Column<string>(type: "text", nullable: true),
                    summary_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_storms", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_texts",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    comment = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_texts", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "ideas_visitors",
                columns: table => new
                {
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    throw_away_mail = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_visitors", x => x.user);
                });

            migrationBuilder.CreateTable(
                name: "ideas_vote_days",
                columns: table => new
                {
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    promotions = table.Column<int>(type: "integer", nullable: false),
                    demotions = table.Column<int>(type: "integer", nullable: false),
                    net = table.Column<long>(type: "bigint", nullable: false),
                    held = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_vote_days", x => new { x.idea, x.day });
                });

            migrationBuilder.CreateTable(
                name: "ideas_watch",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    salt = table.Column<byte[]>(type: "bytea", nullable: false),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    marks = table.Column<bool>(type: "boolean", nullable: false),
                    keep_days = table.Column<int>(type: "integer", nullable: false),
                    domains = table.Column<string>(type: "text", nullable: false),
                    looked_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_watch", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ideas_words",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    idea = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ideas_words", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "operations_gap_comments",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    gap_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    edited_at = table.Column<long>(type: "bigint", nullable: true),
                    tracker_id = table.Column<Guid>(type: "uuid", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    url = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_gap_comments", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "operations_gap_evidence",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    gap_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_gap_evidence", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "operations_gap_issues",
                columns: table => new
                {
                    gap_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tracker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: true),
                    url = table.Column<string>(type: "text", nullable: true),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    told_at = table.Column<long>(type: "bigint", nullable: false),
                    wanted_open = table.Column<bool>(type: "boolean", nullable: true),
                    back = table.Column<string>(type: "text", nullable: true),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_for = table.Column<long>(type: "bigint", nullable: false),
                    tried_at = table.Column<long>(type: "bigint", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<long>(type: "bigint", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_gap_issues", x => new { x.gap_id, x.tracker_id });
                });

            migrationBuilder.CreateTable(
                name: "operations_gap_watchers",
                columns: table => new
                {
                    gap_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_gap_watchers", x => new { x.gap_id, x.user });
                });

            migrationBuilder.CreateTable(
                name: "operations_issue_notes",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    mark = table.Column<Guid>(type: "uuid", nullable: false),
                    gap_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tracker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    tried_at = table.Column<long>(type: "bigint", nullable: true),
                    said_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_issue_notes", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_votes_idea_at",
                table: "ideas_votes",
                columns: new[] { "idea", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_moves_to_number",
                table: "ideas_moves",
                columns: new[] { "to", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_anew_of",
                table: "ideas_ideas",
                column: "anew_of");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_archive_at",
                table: "ideas_ideas",
                column: "archive_at");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_builds_on",
                table: "ideas_ideas",
                column: "builds_on");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_category_at_number",
                table: "ideas_ideas",
                columns: new[] { "category", "at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_category_points_number",
                table: "ideas_ideas",
                columns: new[] { "category", "points", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_category_status_score_number",
                table: "ideas_ideas",
                columns: new[] { "category", "status", "score", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_controversy_number",
                table: "ideas_ideas",
                columns: new[] { "controversy", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_implemented_at_number",
                table: "ideas_ideas",
                columns: new[] { "implemented_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_merged_into",
                table: "ideas_ideas",
                column: "merged_into");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_owner_answered_at_at",
                table: "ideas_ideas",
                columns: new[] { "owner", "answered_at", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_rising_number",
                table: "ideas_ideas",
                columns: new[] { "rising", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_status_at",
                table: "ideas_ideas",
                columns: new[] { "status", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_status_at_number",
                table: "ideas_ideas",
                columns: new[] { "status", "at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_status_points_number",
                table: "ideas_ideas",
                columns: new[] { "status", "points", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_storm_score_number",
                table: "ideas_ideas",
                columns: new[] { "storm", "score", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_comments_author_at",
                table: "ideas_comments",
                columns: new[] { "author", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_comments_idea_root_number",
                table: "ideas_comments",
                columns: new[] { "idea", "root", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_comments_root_number",
                table: "ideas_comments",
                columns: new[] { "root", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_trackers_service_repository",
                table: "channels_trackers",
                columns: new[] { "service", "repository" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_governance_account_passkeys_user_id",
                table: "governance_account_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_governance_mailed_links_email_at",
                table: "governance_mailed_links",
                columns: new[] { "email", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_agenda_place",
                table: "ideas_agenda",
                column: "place");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_digests_user_at",
                table: "ideas_digests",
                columns: new[] { "user", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_dipper_cases_id",
                table: "ideas_dipper_cases",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_dipper_cases_state_number",
                table: "ideas_dipper_cases",
                columns: new[] { "state", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_dipper_votes_user_idea",
                table: "ideas_dipper_votes",
                columns: new[] { "user", "idea" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_estimates_impact_effort",
                table: "ideas_estimates",
                columns: new[] { "impact", "effort" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_evidence_conversation",
                table: "ideas_evidence",
                column: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_evidence_idea_person_kind_mention",
                table: "ideas_evidence",
                columns: new[] { "idea", "person", "kind", "mention" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_evidence_mention",
                table: "ideas_evidence",
                column: "mention");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_evidence_person",
                table: "ideas_evidence",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_follows_user_at",
                table: "ideas_follows",
                columns: new[] { "user", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_images_idea_place",
                table: "ideas_images",
                columns: new[] { "idea", "place" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_images_owner_at",
                table: "ideas_images",
                columns: new[] { "owner", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_mail_wishes_every_next_at",
                table: "ideas_mail_wishes",
                columns: new[] { "every", "next_at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_mail_wishes_token",
                table: "ideas_mail_wishes",
                column: "token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_merges_idea_number",
                table: "ideas_merges",
                columns: new[] { "idea", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_merges_into_number",
                table: "ideas_merges",
                columns: new[] { "into", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_news_id",
                table: "ideas_news",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_news_idea_number",
                table: "ideas_news",
                columns: new[] { "idea", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_news_key",
                table: "ideas_news",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_notices_id",
                table: "ideas_notices",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_notices_message",
                table: "ideas_notices",
                column: "message",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_notices_news_state",
                table: "ideas_notices",
                columns: new[] { "news", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_notices_state_news_network_number",
                table: "ideas_notices",
                columns: new[] { "state", "news", "network", "number" },
                filter: "state IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_notices_user_key",
                table: "ideas_notices",
                columns: new[] { "user", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_notices_user_number",
                table: "ideas_notices",
                columns: new[] { "user", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_partners_user",
                table: "ideas_partners",
                column: "user");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_persons_user",
                table: "ideas_persons",
                column: "user");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_products_product",
                table: "ideas_products",
                column: "product");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_profiles_on_leaderboard_points_number",
                table: "ideas_profiles",
                columns: new[] { "on_leaderboard", "points", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_profiles_user",
                table: "ideas_profiles",
                column: "user",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_removals_comment",
                table: "ideas_removals",
                column: "comment");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_removals_idea_number",
                table: "ideas_removals",
                columns: new[] { "idea", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_removals_month_kind_why",
                table: "ideas_removals",
                columns: new[] { "month", "kind", "why" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_reports_settled_at_number",
                table: "ideas_reports",
                columns: new[] { "settled_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_reports_target_by",
                table: "ideas_reports",
                columns: new[] { "target", "by" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_signals_at",
                table: "ideas_signals",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_signals_idea_at",
                table: "ideas_signals",
                columns: new[] { "idea", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_signals_network_user",
                table: "ideas_signals",
                columns: new[] { "network", "user" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_storms_closes_at_number",
                table: "ideas_storms",
                columns: new[] { "closes_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_storms_id",
                table: "ideas_storms",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_texts_comment_version",
                table: "ideas_texts",
                columns: new[] { "comment", "version" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_texts_idea_version",
                table: "ideas_texts",
                columns: new[] { "idea", "version" });

            migrationBuilder.CreateIndex(
                name: "ix_ideas_words_idea",
                table: "ideas_words",
                column: "idea",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ideas_words_missing",
                table: "ideas_words",
                column: "number",
                filter: "words IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_operations_gap_comments_gap_id_number",
                table: "operations_gap_comments",
                columns: new[] { "gap_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_gap_comments_id",
                table: "operations_gap_comments",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operations_gap_comments_tracker_id_external_id",
                table: "operations_gap_comments",
                columns: new[] { "tracker_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operations_gap_evidence_gap_id_number",
                table: "operations_gap_evidence",
                columns: new[] { "gap_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_gap_evidence_id",
                table: "operations_gap_evidence",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operations_gap_issues_state_next_at",
                table: "operations_gap_issues",
                columns: new[] { "state", "next_at" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_gap_issues_tracker_id_number",
                table: "operations_gap_issues",
                columns: new[] { "tracker_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_gap_watchers_user",
                table: "operations_gap_watchers",
                column: "user");

            migrationBuilder.CreateIndex(
                name: "ix_operations_issue_notes_gap_id_tracker_id_number",
                table: "operations_issue_notes",
                columns: new[] { "gap_id", "tracker_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_issue_notes_mark",
                table: "operations_issue_notes",
                column: "mark",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channels_trackers");

            migrationBuilder.DropTable(
                name: "governance_account_passkeys");

            migrationBuilder.DropTable(
                name: "governance_mailed_links");

            migrationBuilder.DropTable(
                name: "governance_oidc_providers");

            migrationBuilder.DropTable(
                name: "ideas_agenda");

            migrationBuilder.DropTable(
                name: "ideas_answer_counts");

            migrationBuilder.DropTable(
                name: "ideas_board");

            migrationBuilder.DropTable(
                name: "ideas_counts");

            migrationBuilder.DropTable(
                name: "ideas_digests");

            migrationBuilder.DropTable(
                name: "ideas_dipper_cases");

            migrationBuilder.DropTable(
                name: "ideas_dipper_votes");

            migrationBuilder.DropTable(
                name: "ideas_estimates");

            migrationBuilder.DropTable(
                name: "ideas_evidence");

            migrationBuilder.DropTable(
                name: "ideas_follows");

            migrationBuilder.DropTable(
                name: "ideas_images");

            migrationBuilder.DropTable(
                name: "ideas_imported_people");

            migrationBuilder.DropTable(
                name: "ideas_mail_wishes");

            migrationBuilder.DropTable(
                name: "ideas_merges");

            migrationBuilder.DropTable(
                name: "ideas_named");

            migrationBuilder.DropTable(
                name: "ideas_news");

            migrationBuilder.DropTable(
                name: "ideas_notices");

            migrationBuilder.DropTable(
                name: "ideas_partners");

            migrationBuilder.DropTable(
                name: "ideas_persons");

            migrationBuilder.DropTable(
                name: "ideas_products");

            migrationBuilder.DropTable(
                name: "ideas_profiles");

            migrationBuilder.DropTable(
                name: "ideas_removals");

            migrationBuilder.DropTable(
                name: "ideas_reports");

            migrationBuilder.DropTable(
                name: "ideas_signals");

            migrationBuilder.DropTable(
                name: "ideas_storm_promises");

            migrationBuilder.DropTable(
                name: "ideas_storms");

            migrationBuilder.DropTable(
                name: "ideas_texts");

            migrationBuilder.DropTable(
                name: "ideas_visitors");

            migrationBuilder.DropTable(
                name: "ideas_vote_days");

            migrationBuilder.DropTable(
                name: "ideas_watch");

            migrationBuilder.DropTable(
                name: "ideas_words");

            migrationBuilder.DropTable(
                name: "operations_gap_comments");

            migrationBuilder.DropTable(
                name: "operations_gap_evidence");

            migrationBuilder.DropTable(
                name: "operations_gap_issues");

            migrationBuilder.DropTable(
                name: "operations_gap_watchers");

            migrationBuilder.DropTable(
                name: "operations_issue_notes");

            migrationBuilder.DropIndex(
                name: "ix_ideas_votes_idea_at",
                table: "ideas_votes");

            migrationBuilder.DropIndex(
                name: "ix_ideas_moves_to_number",
                table: "ideas_moves");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_anew_of",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_archive_at",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_builds_on",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_category_at_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_category_points_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_category_status_score_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_controversy_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_implemented_at_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_merged_into",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_owner_answered_at_at",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_rising_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_status_at",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_status_at_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_status_points_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_storm_score_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_comments_author_at",
                table: "ideas_comments");

            migrationBuilder.DropIndex(
                name: "ix_ideas_comments_idea_root_number",
                table: "ideas_comments");

            migrationBuilder.DropIndex(
                name: "ix_ideas_comments_root_number",
                table: "ideas_comments");

            migrationBuilder.DropColumn(
                name: "carried_from",
                table: "ideas_votes");

            migrationBuilder.DropColumn(
                name: "held",
                table: "ideas_votes");

            migrationBuilder.DropColumn(
                name: "weight",
                table: "ideas_votes");

            migrationBuilder.DropColumn(
                name: "change",
                table: "ideas_moves");

            migrationBuilder.DropColumn(
                name: "due",
                table: "ideas_moves");

            migrationBuilder.DropColumn(
                name: "place",
                table: "ideas_moves");

            migrationBuilder.DropColumn(
                name: "anew_of",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "archive_at",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "best_answer",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "builds_on",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "controversy",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "edits",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "for_whom",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "held",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "implemented_at",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "moved_at",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "net",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "owned_since",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "owner",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "rise",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "rising",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "standing",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "storm",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "what",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "why",
                table: "ideas_ideas");

            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "ideas_comments");

            migrationBuilder.DropColumn(
                name: "edits",
                table: "ideas_comments");

            migrationBuilder.DropColumn(
                name: "home",
                table: "ideas_comments");

            migrationBuilder.DropColumn(
                name: "removed",
                table: "ideas_comments");

            migrationBuilder.DropColumn(
                name: "removed_at",
                table: "ideas_comments");

            migrationBuilder.DropColumn(
                name: "replies",
                table: "ideas_comments");

            migrationBuilder.DropColumn(
                name: "reply_to",
                table: "ideas_comments");

            migrationBuilder.DropColumn(
                name: "root",
                table: "ideas_comments");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "governance_accounts");

            migrationBuilder.AddColumn<long>(
                name: "units",
                table: "ideas_votes",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

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
        }
    }
}
