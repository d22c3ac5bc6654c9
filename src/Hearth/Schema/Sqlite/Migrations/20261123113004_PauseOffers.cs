using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class PauseOffers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "pause_reason",
                table: "outlet_offers",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "paused_at",
                table: "outlet_offers",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "pause_reason",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "paused_at",
                table: "outlet_offers");
        }
    }
}
