using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SourceLease : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "version",
                table: "listening_sources");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "listening_sources",
                type: "integer",
                nullable: false,
                defaultValue: 0);
        }
    }
}
