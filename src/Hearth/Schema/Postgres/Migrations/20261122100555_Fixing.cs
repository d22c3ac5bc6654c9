using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Fixing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "before",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "counted_at",
                table: "operations_gaps",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "is_stale",
                table: "operations_gaps",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "lately",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "mentions",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                table: "operations_gaps",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "negative",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "orders_at_risk",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "reach",
                table: "operations_gaps",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "refunds",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "emotion",
                table: "listening_mentions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "read_by",
                table: "listening_mentions",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "sure",
                table: "listening_mentions",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "urgency",
                table: "listening_mentions",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<int>(
                name: "polarity",
                table: "listening_mention_topics",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "for_whom",
                table: "catalog_promises",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "listening_confirmed",
                columns: table => new
                {
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    said = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_confirmed", x => x.mention);
                });

            migrationBuilder.CreateTable(
                name: "listening_mention_products",
                columns: table => new
                {
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    product = table.Column<Guid>(type: "uuid", nullable: false),
                    polarity = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_mention_products", x => new { x.mention, x.product });
                });

            migrationBuilder.CreateTable(
                name: "listening_mismatches",
                columns: table => new
                {
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    attribute = table.Column<string>(type: "text", nullable: false),
                    product = table.Column<Guid>(type: "uuid", nullable: true),
                    promise = table.Column<Guid>(type: "uuid", nullable: true),
                    sure = table.Column<double>(type: "double precision", nullable: false),
                    about_start = table.Column<int>(type: "integer", nullable: false),
                    about_length = table.Column<int>(type: "integer", nullable: false),
                    expected_start = table.Column<int>(type: "integer", nullable: true),
                    expected_length = table.Column<int>(type: "integer", nullable: true),
                    delivered_start = table.Column<int>(type: "integer", nullable: true),
                    delivered_length = table.Column<int>(type: "integer", nullable: true),
                    size_expected = table.Column<decimal>(type: "numeric", nullable: true),
                    size_delivered = table.Column<decimal>(type: "numeric", nullable: true),
                    size_difference = table.Column<decimal>(type: "numeric", nullable: true),
                    unit = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_mismatches", x => new { x.mention, x.attribute });
                });

            migrationBuilder.CreateTable(
                name: "listening_models",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    task = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    trained = table.Column<int>(type: "integer", nullable: false),
                    measured = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<string>(type: "text", nullable: false),
                    data = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_models", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "listening_spike_watches",
                columns: table => new
                {
                    query = table.Column<Guid>(type: "uuid", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    negative = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_spike_watches", x => new { x.query, x.minutes, x.negative });
                });

            migrationBuilder.CreateTable(
                name: "listening_spikes",
                columns: table => new
                {
                    query = table.Column<Guid>(type: "uuid", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    negative = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    expected = table.Column<double>(type: "double precision", nullable: false),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    is_told = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_spikes", x => new { x.query, x.at, x.minutes, x.negative });
                });

            migrationBuilder.CreateTable(
                name: "operations_cause_mentions",
                columns: table => new
                {
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    attribute_key = table.Column<string>(type: "text", nullable: false),
                    cause_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    is_negative = table.Column<bool>(type: "boolean", nullable: false),
                    reach = table.Column<long>(type: "bigint", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    by_hand = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_cause_mentions", x => new { x.mention, x.attribute_key });
                });

            migrationBuilder.CreateTable(
                name: "operations_causes",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    product_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attribute_key = table.Column<string>(type: "text", nullable: false),
                    failing = table.Column<string>(type: "text", nullable: false),
                    word = table.Column<string>(type: "text", nullable: true),
                    first = table.Column<long>(type: "bigint", nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false),
                    mentions = table.Column<int>(type: "integer", nullable: false),
                    people = table.Column<int>(type: "integer", nullable: false),
                    gap_id = table.Column<Guid>(type: "uuid", nullable: true),
                    joined = table.Column<string>(type: "text", nullable: true),
                    after = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_causes", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "operations_change_gaps",
                columns: table => new
                {
                    change_id = table.Column<Guid>(type: "uuid", nullable: false),
                    gap_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_change_gaps", x => new { x.change_id, x.gap_id });
                });

            migrationBuilder.CreateTable(
                name: "operations_change_ideas",
                columns: table => new
                {
                    change_id = table.Column<Guid>(type: "uuid", nullable: false),
                    idea = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_change_ideas", x => new { x.change_id, x.idea });
                });

            migrationBuilder.CreateTable(
                name: "operations_changes",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    what = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    cost_minor = table.Column<long>(type: "bigint", nullable: true),
                    cost_currency = table.Column<string>(type: "text", nullable: true),
                    planned_for = table.Column<long>(type: "bigint", nullable: true),
                    region = table.Column<string>(type: "text", nullable: true),
                    units = table.Column<int>(type: "integer", nullable: true),
                    skus = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    lag_days = table.Column<int>(type: "integer", nullable: false),
                    window_days = table.Column<int>(type: "integer", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    shipped_at = table.Column<long>(type: "bigint", nullable: true),
                    rolled_back_at = table.Column<long>(type: "bigint", nullable: true),
                    roll_back_reason = table.Column<string>(type: "text", nullable: true),
                    telling_paused = table.Column<bool>(type: "boolean", nullable: false),
                    telling_default = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_changes", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "operations_delight",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    gesture = table.Column<string>(type: "text", nullable: false),
                    what = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    budget = table.Column<long>(type: "bigint", nullable: false),
                    each = table.Column<long>(type: "bigint", nullable: false),
                    committed = table.Column<long>(type: "bigint", nullable: false),
                    per_day = table.Column<int>(type: "integer", nullable: false),
                    hold_out_percent = table.Column<int>(type: "integer", nullable: false),
                    seed = table.Column<string>(type: "text", nullable: false),
                    window = table.Column<int>(type: "integer", nullable: false),
                    rule_intent = table.Column<string>(type: "text", nullable: true),
                    rule_topic = table.Column<string>(type: "text", nullable: true),
                    is_paused = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_delight", x => x.number);
                    table.CheckConstraint("ck_delight_budget", "committed >= 0 AND committed <= budget");
                });

            migrationBuilder.CreateTable(
                name: "operations_delight_cases",
                columns: table => new
                {
                    program = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    chosen_by = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    done_by = table.Column<string>(type: "text", nullable: true),
                    done_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_delight_cases", x => new { x.program, x.person });
                });

            migrationBuilder.CreateTable(
                name: "operations_guard_overrides",
                columns: table => new
                {
                    subject = table.Column<string>(type: "text", nullable: false),
                    gap = table.Column<Guid>(type: "uuid", nullable: false),
                    heat = table.Column<double>(type: "double precision", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_guard_overrides", x => new { x.subject, x.gap });
                });

            migrationBuilder.CreateTable(
                name: "operations_guard_rule",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    threshold = table.Column<double>(type: "double precision", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_guard_rule", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operations_judgements",
                columns: table => new
                {
                    change_id = table.Column<Guid>(type: "uuid", nullable: false),
                    gap_id = table.Column<Guid>(type: "uuid", nullable: false),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_judgements", x => new { x.change_id, x.gap_id });
                });

            migrationBuilder.CreateTable(
                name: "operations_politeness",
                columns: table => new
                {
                    network = table.Column<string>(type: "text", nullable: false),
                    per_hour = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_politeness", x => x.network);
                });

            migrationBuilder.CreateTable(
                name: "operations_telling_words",
                columns: table => new
                {
                    change_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    written_by = table.Column<string>(type: "text", nullable: false),
                    written_at = table.Column<long>(type: "bigint", nullable: false),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_by_name = table.Column<string>(type: "text", nullable: true),
                    approved_initials = table.Column<string>(type: "text", nullable: true),
                    approved_department = table.Column<string>(type: "text", nullable: true),
                    approved_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_telling_words", x => new { x.change_id, x.language });
                });

            migrationBuilder.CreateTable(
                name: "operations_told",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    change_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    network = table.Column<string>(type: "text", nullable: false),
                    mention_id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: true),
                    prepared_at = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_told", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "people_opt_outs",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_opt_outs", x => x.person_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_listening_confirmed_at",
                table: "listening_confirmed",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_listening_mention_products_product_at_mention",
                table: "listening_mention_products",
                columns: new[] { "product", "at", "mention" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mismatches_attribute_product_at",
                table: "listening_mismatches",
                columns: new[] { "attribute", "product", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_models_state_task",
                table: "listening_models",
                columns: new[] { "state", "task" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_cause_mentions_cause_id_at",
                table: "operations_cause_mentions",
                columns: new[] { "cause_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_cause_mentions_cause_id_person",
                table: "operations_cause_mentions",
                columns: new[] { "cause_id", "person" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_causes_attribute_key_product_id_failing",
                table: "operations_causes",
                columns: new[] { "attribute_key", "product_id", "failing" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_causes_gap_id",
                table: "operations_causes",
                column: "gap_id");

            migrationBuilder.CreateIndex(
                name: "ix_operations_causes_id",
                table: "operations_causes",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operations_change_gaps_gap_id",
                table: "operations_change_gaps",
                column: "gap_id");

            migrationBuilder.CreateIndex(
                name: "ix_operations_change_ideas_idea",
                table: "operations_change_ideas",
                column: "idea");

            migrationBuilder.CreateIndex(
                name: "ix_operations_changes_id",
                table: "operations_changes",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operations_changes_state_number",
                table: "operations_changes",
                columns: new[] { "state", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_delight_id",
                table: "operations_delight",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operations_delight_name",
                table: "operations_delight",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operations_delight_cases_person_at",
                table: "operations_delight_cases",
                columns: new[] { "person", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_delight_cases_program_at",
                table: "operations_delight_cases",
                columns: new[] { "program", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_guard_overrides_at",
                table: "operations_guard_overrides",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_operations_judgements_gap_id",
                table: "operations_judgements",
                column: "gap_id");

            migrationBuilder.CreateIndex(
                name: "ix_operations_told_change_id_number",
                table: "operations_told",
                columns: new[] { "change_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_told_change_id_person_id",
                table: "operations_told",
                columns: new[] { "change_id", "person_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operations_told_message_id",
                table: "operations_told",
                column: "message_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operations_told_state_change_id_network_number",
                table: "operations_told",
                columns: new[] { "state", "change_id", "network", "number" });

            // What was read before stood in one class; its topics were judged as the post was.
            migrationBuilder.Sql("UPDATE listening_mention_topics SET polarity = (SELECT m.sentiment FROM listening_mentions m WHERE m.id = listening_mention_topics.mention)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "listening_confirmed");

            migrationBuilder.DropTable(
                name: "listening_mention_products");

            migrationBuilder.DropTable(
                name: "listening_mismatches");

            migrationBuilder.DropTable(
                name: "listening_models");

            migrationBuilder.DropTable(
                name: "listening_spike_watches");

            migrationBuilder.DropTable(
                name: "listening_spikes");

            migrationBuilder.DropTable(
                name: "operations_cause_mentions");

            migrationBuilder.DropTable(
                name: "operations_causes");

            migrationBuilder.DropTable(
                name: "operations_change_gaps");

            migrationBuilder.DropTable(
                name: "operations_change_ideas");

            migrationBuilder.DropTable(
                name: "operations_changes");

            migrationBuilder.DropTable(
                name: "operations_delight");

            migrationBuilder.DropTable(
                name: "operations_delight_cases");

            migrationBuilder.DropTable(
                name: "operations_guard_overrides");

            migrationBuilder.DropTable(
                name: "operations_guard_rule");

            migrationBuilder.DropTable(
                name: "operations_judgements");

            migrationBuilder.DropTable(
                name: "operations_politeness");

            migrationBuilder.DropTable(
                name: "operations_telling_words");

            migrationBuilder.DropTable(
                name: "operations_told");

            migrationBuilder.DropTable(
                name: "people_opt_outs");

            migrationBuilder.DropColumn(
                name: "before",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "counted_at",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "is_stale",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "lately",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "mentions",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "negative",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "orders_at_risk",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "reach",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "refunds",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "emotion",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "read_by",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "sure",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "urgency",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "polarity",
                table: "listening_mention_topics");

            migrationBuilder.DropColumn(
                name: "for_whom",
                table: "catalog_promises");
        }
    }
}
