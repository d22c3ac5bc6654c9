using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class IdeaListsOfShelves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_category_controversy_number",
                table: "ideas_ideas",
                columns: new[] { "category", "controversy", "number" },
                filter: "controversy > 0");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_category_rising_number",
                table: "ideas_ideas",
                columns: new[] { "category", "rising", "number" },
                filter: "rising > 0");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_status_controversy_number",
                table: "ideas_ideas",
                columns: new[] { "status", "controversy", "number" },
                filter: "controversy > 0");

            migrationBuilder.CreateIndex(
                name: "ix_ideas_ideas_status_rising_number",
                table: "ideas_ideas",
                columns: new[] { "status", "rising", "number" },
                filter: "rising > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_category_controversy_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_category_rising_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_status_controversy_number",
                table: "ideas_ideas");

            migrationBuilder.DropIndex(
                name: "ix_ideas_ideas_status_rising_number",
                table: "ideas_ideas");
        }
    }
}
