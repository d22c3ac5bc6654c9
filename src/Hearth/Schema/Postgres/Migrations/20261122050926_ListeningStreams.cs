using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ListeningStreams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "failing_since",
                table: "listening_sources",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_failure_told",
                table: "listening_sources",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "lease_owner",
                table: "listening_sources",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "lease_until",
                table: "listening_sources",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rate",
                table: "listening_sources",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "seen_up_to",
                table: "listening_sources",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "skipped",
                table: "listening_sources",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "listening_sources",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "edited_at",
                table: "listening_mentions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "followers",
                table: "listening_mentions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "has",
                table: "listening_mentions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "kind",
                table: "listening_mentions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "links",
                table: "listening_mentions",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "listening_tombstones",
                columns: table => new
                {
                    source = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_tombstones", x => new { x.source, x.external_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_listening_tombstones_at",
                table: "listening_tombstones",
                column: "at");

            // What older mentions were is known from what they answer and say; IncomingPost tells it of new ones.
            migrationBuilder.Sql("UPDATE listening_mentions SET kind = CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END, has = CASE WHEN lower(text) LIKE '%http://%' OR lower(text) LIKE '%https://%' OR lower(text) LIKE '%www.%' THEN 1 ELSE 0 END");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "listening_tombstones");

            migrationBuilder.DropColumn(
                name: "failing_since",
                table: "listening_sources");

            migrationBuilder.DropColumn(
                name: "is_failure_told",
                table: "listening_sources");

            migrationBuilder.DropColumn(
                name: "lease_owner",
                table: "listening_sources");

            migrationBuilder.DropColumn(
                name: "lease_until",
                table: "listening_sources");

            migrationBuilder.DropColumn(
                name: "rate",
                table: "listening_sources");

            migrationBuilder.DropColumn(
                name: "seen_up_to",
                table: "listening_sources");

            migrationBuilder.DropColumn(
                name: "skipped",
                table: "listening_sources");

            migrationBuilder.DropColumn(
                name: "version",
                table: "listening_sources");

            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "followers",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "has",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "links",
                table: "listening_mentions");
        }
    }
}
