using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class OfferSetsAndAudiences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "audience",
                table: "outlet_offers",
                type: "integer",
                nullable: false,
                defaultValue: 0);

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

            migrationBuilder.AddColumn<long>(
                name: "public_from",
                table: "outlet_offers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "segment",
                table: "outlet_offers",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "up_to",
                table: "outlet_offers",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "subscribed_at",
                table: "outlet_digest_subscribers",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

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

            migrationBuilder.CreateTable(
                name: "outlet_segments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    least_days = table.Column<int>(type: "integer", nullable: false),
                    least_bought = table.Column<int>(type: "integer", nullable: false),
                    most_bought = table.Column<int>(type: "integer", nullable: true),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_segments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_stock_pictures",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    alt = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false),
                    small = table.Column<byte[]>(type: "bytea", nullable: false),
                    source = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_stock_pictures", x => x.id);
                    table.ForeignKey(
                        name: "fk_outlet_stock_pictures_outlet_stock_items_item",
                        column: x => x.item,
                        principalTable: "outlet_stock_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_offers_segment",
                table: "outlet_offers",
                column: "segment");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_claims_contact",
                table: "outlet_claims",
                column: "contact",
                filter: "state = 2");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_offer_parts_item",
                table: "outlet_offer_parts",
                column: "item");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_segments_name",
                table: "outlet_segments",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_stock_pictures_item_source",
                table: "outlet_stock_pictures",
                columns: new[] { "item", "source" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outlet_offer_parts");

            migrationBuilder.DropTable(
                name: "outlet_segments");

            migrationBuilder.DropTable(
                name: "outlet_stock_pictures");

            migrationBuilder.DropIndex(
                name: "ix_outlet_offers_segment",
                table: "outlet_offers");

            migrationBuilder.DropIndex(
                name: "ix_outlet_claims_contact",
                table: "outlet_claims");

            migrationBuilder.DropColumn(
                name: "audience",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "edits",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "item_title",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "public_from",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "segment",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "up_to",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "subscribed_at",
                table: "outlet_digest_subscribers");
        }
    }
}
