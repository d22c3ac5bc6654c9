using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ShopsAndPixel : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "tied_by_pixel",
                table: "outlet_orders",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "unverified",
                table: "outlet_orders",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "outlet_pixel_sites",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    prefix = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    added_at = table.Column<long>(type: "bigint", nullable: false),
                    removed_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_pixel_sites", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_shops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    prefix = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    secret = table.Column<string>(type: "text", nullable: false),
                    connected_at = table.Column<long>(type: "bigint", nullable: false),
                    disconnected_at = table.Column<long>(type: "bigint", nullable: true),
                    deliveries = table.Column<int>(type: "integer", nullable: false),
                    last_at = table.Column<long>(type: "bigint", nullable: true),
                    last_topic = table.Column<string>(type: "text", nullable: true),
                    trouble = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    trouble_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_shops", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_shop_deliveries",
                columns: table => new
                {
                    shop = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_shop_deliveries", x => new { x.shop, x.hash });
                    table.ForeignKey(
                        name: "fk_outlet_shop_deliveries_outlet_shops_shop",
                        column: x => x.shop,
                        principalTable: "outlet_shops",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outlet_shop_orders",
                columns: table => new
                {
                    shop = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    order = table.Column<Guid>(type: "uuid", nullable: true),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    lines = table.Column<string>(type: "text", nullable: false),
                    tax_on_top = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_shop_orders", x => new { x.shop, x.key });
                    table.ForeignKey(
                        name: "fk_outlet_shop_orders_outlet_shops_shop",
                        column: x => x.shop,
                        principalTable: "outlet_shops",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outlet_waiting_refunds",
                columns: table => new
                {
                    shop = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    refund = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_waiting_refunds", x => new { x.shop, x.key, x.refund });
                    table.ForeignKey(
                        name: "fk_outlet_waiting_refunds_outlet_shops_shop",
                        column: x => x.shop,
                        principalTable: "outlet_shops",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_pixel_sites_key",
                table: "outlet_pixel_sites",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_shop_deliveries_shop_at",
                table: "outlet_shop_deliveries",
                columns: new[] { "shop", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outlet_pixel_sites");

            migrationBuilder.DropTable(
                name: "outlet_shop_deliveries");

            migrationBuilder.DropTable(
                name: "outlet_shop_orders");

            migrationBuilder.DropTable(
                name: "outlet_waiting_refunds");

            migrationBuilder.DropTable(
                name: "outlet_shops");

            migrationBuilder.DropColumn(
                name: "tied_by_pixel",
                table: "outlet_orders");

            migrationBuilder.DropColumn(
                name: "unverified",
                table: "outlet_orders");
        }
    }
}
