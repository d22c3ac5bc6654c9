using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class MovedEntries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_conversations_entries_moved",
                table: "conversations_entries",
                column: "position",
                filter: "home IS NOT NULL");

            // Its words name the block of the entry now; it is made again with the objects beside the model.
            migrationBuilder.Sql("ALTER TABLE conversations_entries DROP COLUMN IF EXISTS search");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_conversations_entries_moved",
                table: "conversations_entries");
        }
    }
}
