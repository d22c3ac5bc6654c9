using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FireGuard : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "operations_guard_overrides",
                columns: table => new
                {
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    gap = table.Column<byte[]>(type: "BLOB", nullable: false),
                    heat = table.Column<double>(type: "REAL", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_guard_overrides", x => new { x.subject, x.gap });
                });

            migrationBuilder.CreateTable(
                name: "operations_guard_rule",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    threshold = table.Column<double>(type: "REAL", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_guard_rule", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_operations_guard_overrides_at",
                table: "operations_guard_overrides",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "operations_guard_overrides");

            migrationBuilder.DropTable(
                name: "operations_guard_rule");
        }
    }
}
