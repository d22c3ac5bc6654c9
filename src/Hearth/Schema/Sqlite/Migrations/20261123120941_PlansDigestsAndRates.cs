using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class PlansDigestsAndRates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "same_words",
                table: "publishing_messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "countries",
                table: "outlet_offers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "pause_reason",
                table: "outlet_offers",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "paused_at",
                table: "outlet_offers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "zone",
                table: "outlet_offers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "icon",
                table: "channels_activitypub_actors",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "page",
                table: "channels_activitypub_actors",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "channels_activitypub_deliveries",
                columns: table => new
                {
                    activity = table.Column<string>(type: "TEXT", nullable: false),
                    part = table.Column<int>(type: "INTEGER", nullable: false),
                    inbox = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_activitypub_deliveries", x => new { x.activity, x.part, x.inbox });
                });

            migrationBuilder.CreateTable(
                name: "learning_rates",
                columns: table => new
                {
                    @base = table.Column<string>(name: "base", type: "TEXT", maxLength: 3, nullable: false),
                    quote = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    day = table.Column<long>(type: "INTEGER", nullable: false),
                    rate = table.Column<decimal>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_rates", x => new { x.day, x.@base, x.quote });
                });

            migrationBuilder.CreateTable(
                name: "learning_reporting_currencies",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_reporting_currencies", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "outlet_actor",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    human = table.Column<byte[]>(type: "BLOB", nullable: false),
                    site = table.Column<string>(type: "TEXT", nullable: false),
                    posts = table.Column<bool>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_actor", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_actor_posts",
                columns: table => new
                {
                    offer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    refused = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_actor_posts", x => x.offer);
                });

            migrationBuilder.CreateTable(
                name: "outlet_digest_asks",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    contact = table.Column<string>(type: "TEXT", nullable: false),
                    every = table.Column<int>(type: "INTEGER", nullable: false),
                    weekday = table.Column<int>(type: "INTEGER", nullable: false),
                    condition = table.Column<int>(type: "INTEGER", nullable: true),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false),
                    first_at = table.Column<long>(type: "INTEGER", nullable: false),
                    letters = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_digest_asks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_digest_issues",
                columns: table => new
                {
                    number = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_digest_issues", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "outlet_digest_settings",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    human = table.Column<byte[]>(type: "BLOB", nullable: false),
                    zone = table.Column<string>(type: "TEXT", nullable: false),
                    hour = table.Column<int>(type: "INTEGER", nullable: false),
                    paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    site = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_digest_settings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_digest_subscribers",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person = table.Column<byte[]>(type: "BLOB", nullable: false),
                    contact = table.Column<string>(type: "TEXT", nullable: true),
                    every = table.Column<int>(type: "INTEGER", nullable: false),
                    weekday = table.Column<int>(type: "INTEGER", nullable: false),
                    condition = table.Column<int>(type: "INTEGER", nullable: true),
                    end_token = table.Column<string>(type: "TEXT", nullable: false),
                    confirmed_with = table.Column<byte[]>(type: "BLOB", nullable: false),
                    confirmed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    next_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    why = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_digest_subscribers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_post_links",
                columns: table => new
                {
                    slug = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    offer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    network = table.Column<string>(type: "TEXT", nullable: false),
                    account_name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_post_links", x => x.slug);
                });

            migrationBuilder.CreateTable(
                name: "outlet_utm_policies",
                columns: table => new
                {
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_utm_policies", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "publishing_slots",
                columns: table => new
                {
                    account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    zone = table.Column<string>(type: "TEXT", nullable: false),
                    slots = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publishing_slots", x => x.account);
                });

            migrationBuilder.CreateTable(
                name: "outlet_digest_letters",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    issue = table.Column<int>(type: "INTEGER", nullable: false),
                    subscriber = table.Column<byte[]>(type: "BLOB", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    bounced = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_digest_letters", x => x.id);
                    table.ForeignKey(
                        name: "fk_outlet_digest_letters_outlet_digest_subscribers_subscriber",
                        column: x => x.subscriber,
                        principalTable: "outlet_digest_subscribers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_publishing_messages_account_same_words",
                table: "publishing_messages",
                columns: new[] { "account", "same_words" });

            migrationBuilder.CreateIndex(
                name: "ix_publishing_messages_due_at",
                table: "publishing_messages",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "ix_publishing_messages_sent_at",
                table: "publishing_messages",
                column: "sent_at");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_digest_asks_contact",
                table: "outlet_digest_asks",
                column: "contact",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_digest_asks_until",
                table: "outlet_digest_asks",
                column: "until");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_digest_issues_day",
                table: "outlet_digest_issues",
                column: "day",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_digest_letters_issue_subscriber",
                table: "outlet_digest_letters",
                columns: new[] { "issue", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_digest_letters_subscriber_sent_at",
                table: "outlet_digest_letters",
                columns: new[] { "subscriber", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_digest_subscribers_confirmed_with",
                table: "outlet_digest_subscribers",
                column: "confirmed_with");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_digest_subscribers_contact",
                table: "outlet_digest_subscribers",
                column: "contact",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_digest_subscribers_end_token",
                table: "outlet_digest_subscribers",
                column: "end_token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_digest_subscribers_next_day_id",
                table: "outlet_digest_subscribers",
                columns: new[] { "next_day", "id" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_digest_subscribers_person",
                table: "outlet_digest_subscribers",
                column: "person",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_post_links_message",
                table: "outlet_post_links",
                column: "message",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channels_activitypub_deliveries");

            migrationBuilder.DropTable(
                name: "learning_rates");

            migrationBuilder.DropTable(
                name: "learning_reporting_currencies");

            migrationBuilder.DropTable(
                name: "outlet_actor");

            migrationBuilder.DropTable(
                name: "outlet_actor_posts");

            migrationBuilder.DropTable(
                name: "outlet_digest_asks");

            migrationBuilder.DropTable(
                name: "outlet_digest_issues");

            migrationBuilder.DropTable(
                name: "outlet_digest_letters");

            migrationBuilder.DropTable(
                name: "outlet_digest_settings");

            migrationBuilder.DropTable(
                name: "outlet_post_links");

            migrationBuilder.DropTable(
                name: "outlet_utm_policies");

            migrationBuilder.DropTable(
                name: "publishing_slots");

            migrationBuilder.DropTable(
                name: "outlet_digest_subscribers");

            migrationBuilder.DropIndex(
                name: "ix_publishing_messages_account_same_words",
                table: "publishing_messages");

            migrationBuilder.DropIndex(
                name: "ix_publishing_messages_due_at",
                table: "publishing_messages");

            migrationBuilder.DropIndex(
                name: "ix_publishing_messages_sent_at",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "same_words",
                table: "publishing_messages");

            migrationBuilder.DropColumn(
                name: "countries",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "pause_reason",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "paused_at",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "zone",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "icon",
                table: "channels_activitypub_actors");

            migrationBuilder.DropColumn(
                name: "page",
                table: "channels_activitypub_actors");
        }
    }
}
