using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ReadingModels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_listening_confirmed_at",
                table: "listening_confirmed",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_listening_models_state_task",
                table: "listening_models",
                columns: new[] { "state", "task" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "listening_confirmed");

            migrationBuilder.DropTable(
                name: "listening_models");

            migrationBuilder.DropColumn(
                name: "read_by",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "sure",
                table: "listening_mentions");
        }
    }
}
