using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
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
