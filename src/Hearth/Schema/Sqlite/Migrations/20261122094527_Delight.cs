using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Delight : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "operations_delight",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    gesture = table.Column<string>(type: "TEXT", nullable: false),
                    what = table.Column<string>(type: "TEXT", nullable: false),
                    department = table.Column<string>(type: "TEXT", nullable: false),
                    currency = table.Column<string>(type: "TEXT", nullable: false),
                    budget = table.Column<long>(type: "INTEGER", nullable: false),
                    each = table.Column<long>(type: "INTEGER", nullable: false),
                    committed = table.Column<long>(type: "INTEGER", nullable: false),
                    per_day = table.Column<int>(type: "INTEGER", nullable: false),
                    hold_out_percent = table.Column<int>(type: "INTEGER", nullable: false),
                    seed = table.Column<string>(type: "TEXT", nullable: false),
                    window = table.Column<int>(type: "INTEGER", nullable: false),
                    rule_intent = table.Column<string>(type: "TEXT", nullable: true),
                    rule_topic = table.Column<string>(type: "TEXT", nullable: true),
                    is_paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
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
                    program = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    chosen_by = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    done_by = table.Column<string>(type: "TEXT", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_delight_cases", x => new { x.program, x.person });
                });

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "operations_delight");

            migrationBuilder.DropTable(
                name: "operations_delight_cases");
        }
    }
}
