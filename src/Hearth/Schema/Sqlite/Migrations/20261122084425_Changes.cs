using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Changes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "operations_change_gaps",
                columns: table => new
                {
                    change_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    gap_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_change_gaps", x => new { x.change_id, x.gap_id });
                });

            migrationBuilder.CreateTable(
                name: "operations_change_ideas",
                columns: table => new
                {
                    change_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    idea = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_change_ideas", x => new { x.change_id, x.idea });
                });

            migrationBuilder.CreateTable(
                name: "operations_changes",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    what = table.Column<string>(type: "TEXT", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: false),
                    cost_minor = table.Column<long>(type: "INTEGER", nullable: true),
                    cost_currency = table.Column<string>(type: "TEXT", nullable: true),
                    planned_for = table.Column<long>(type: "INTEGER", nullable: true),
                    region = table.Column<string>(type: "TEXT", nullable: true),
                    units = table.Column<int>(type: "INTEGER", nullable: true),
                    skus = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    lag_days = table.Column<int>(type: "INTEGER", nullable: false),
                    window_days = table.Column<int>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    shipped_at = table.Column<long>(type: "INTEGER", nullable: true),
                    rolled_back_at = table.Column<long>(type: "INTEGER", nullable: true),
                    roll_back_reason = table.Column<string>(type: "TEXT", nullable: true),
                    telling_paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    telling_default = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_changes", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "operations_judgements",
                columns: table => new
                {
                    change_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    gap_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    verdict = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_judgements", x => new { x.change_id, x.gap_id });
                });

            migrationBuilder.CreateTable(
                name: "operations_politeness",
                columns: table => new
                {
                    network = table.Column<string>(type: "TEXT", nullable: false),
                    per_hour = table.Column<int>(type: "INTEGER", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_politeness", x => x.network);
                });

            migrationBuilder.CreateTable(
                name: "operations_telling_words",
                columns: table => new
                {
                    change_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    written_by = table.Column<string>(type: "TEXT", nullable: false),
                    written_at = table.Column<long>(type: "INTEGER", nullable: false),
                    approved_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    approved_by_name = table.Column<string>(type: "TEXT", nullable: true),
                    approved_initials = table.Column<string>(type: "TEXT", nullable: true),
                    approved_department = table.Column<string>(type: "TEXT", nullable: true),
                    approved_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_telling_words", x => new { x.change_id, x.language });
                });

            migrationBuilder.CreateTable(
                name: "operations_told",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    change_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    network = table.Column<string>(type: "TEXT", nullable: false),
                    mention_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: true),
                    prepared_at = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_told", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "people_opt_outs",
                columns: table => new
                {
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_opt_outs", x => x.person_id);
                });

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "operations_change_gaps");

            migrationBuilder.DropTable(
                name: "operations_change_ideas");

            migrationBuilder.DropTable(
                name: "operations_changes");

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
        }
    }
}
