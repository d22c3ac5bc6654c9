using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class QueryVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "asks_products",
                table: "listening_queries",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "history_after",
                table: "listening_queries",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "history_seen",
                table: "listening_queries",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "history_to",
                table: "listening_queries",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "history_total",
                table: "listening_queries",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "listening_query_versions",
                columns: table => new
                {
                    query = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    restored_from = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_query_versions", x => new { x.query, x.version });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "listening_query_versions");

            migrationBuilder.DropColumn(
                name: "asks_products",
                table: "listening_queries");

            migrationBuilder.DropColumn(
                name: "history_after",
                table: "listening_queries");

            migrationBuilder.DropColumn(
                name: "history_seen",
                table: "listening_queries");

            migrationBuilder.DropColumn(
                name: "history_to",
                table: "listening_queries");

            migrationBuilder.DropColumn(
                name: "history_total",
                table: "listening_queries");
        }
    }
}
