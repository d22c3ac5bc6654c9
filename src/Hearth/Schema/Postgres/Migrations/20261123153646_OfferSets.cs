using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class OfferSets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "edits",
                table: "outlet_offers",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "item_title",
                table: "outlet_offers",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "outlet_offer_parts",
                columns: table => new
                {
                    offer = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    sku = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    condition = table.Column<int>(type: "integer", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_offer_parts", x => new { x.offer, x.item });
                    table.CheckConstraint("ck_outlet_offer_parts_quantity", "quantity BETWEEN 1 AND 20");
                    table.ForeignKey(
                        name: "fk_outlet_offer_parts_outlet_offers_offer",
                        column: x => x.offer,
                        principalTable: "outlet_offers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_outlet_offer_parts_outlet_stock_items_item",
                        column: x => x.item,
                        principalTable: "outlet_stock_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_offer_parts_item",
                table: "outlet_offer_parts",
                column: "item");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outlet_offer_parts");

            migrationBuilder.DropColumn(
                name: "edits",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "item_title",
                table: "outlet_offers");
        }
    }
}
