using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class OutletShelf : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "arrived_at",
                table: "outlet_stock_items",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "cost",
                table: "outlet_stock_items",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "country",
                table: "outlet_stock_items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "feed_count",
                table: "outlet_stock_items",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "location",
                table: "outlet_stock_items",
                type: "TEXT",
                maxLength: 80,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "rule",
                table: "outlet_offers",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "outlet_post_corrections",
                columns: table => new
                {
                    message = table.Column<byte[]>(type: "BLOB", nullable: false),
                    offer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    answer = table.Column<byte[]>(type: "BLOB", nullable: true),
                    before = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_post_corrections", x => x.message);
                });

            migrationBuilder.CreateTable(
                name: "outlet_stock_events",
                columns: table => new
                {
                    item = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    is_count = table.Column<bool>(type: "INTEGER", nullable: false),
                    units = table.Column<int>(type: "INTEGER", nullable: false),
                    waits = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_stock_events", x => new { x.item, x.sequence });
                    table.ForeignKey(
                        name: "fk_outlet_stock_events_outlet_stock_items_item",
                        column: x => x.item,
                        principalTable: "outlet_stock_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outlet_stock_rules",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    keeper = table.Column<byte[]>(type: "BLOB", nullable: false),
                    keeper_name = table.Column<string>(type: "TEXT", nullable: false),
                    keeper_initials = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    ran_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_stock_rules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_waiting",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    offer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    contact = table.Column<string>(type: "TEXT", nullable: false),
                    site = table.Column<string>(type: "TEXT", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    told_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_waiting", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_offers_rule_created_at",
                table: "outlet_offers",
                columns: new[] { "rule", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outlet_post_corrections_offer",
                table: "outlet_post_corrections",
                column: "offer");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_stock_events_waits",
                table: "outlet_stock_events",
                column: "item",
                filter: "waits");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_waiting_contact",
                table: "outlet_waiting",
                column: "contact");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_waiting_offer_contact",
                table: "outlet_waiting",
                columns: new[] { "offer", "contact" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outlet_post_corrections");

            migrationBuilder.DropTable(
                name: "outlet_stock_events");

            migrationBuilder.DropTable(
                name: "outlet_stock_rules");

            migrationBuilder.DropTable(
                name: "outlet_waiting");

            migrationBuilder.DropIndex(
                name: "ix_outlet_offers_rule_created_at",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "arrived_at",
                table: "outlet_stock_items");

            migrationBuilder.DropColumn(
                name: "cost",
                table: "outlet_stock_items");

            migrationBuilder.DropColumn(
                name: "country",
                table: "outlet_stock_items");

            migrationBuilder.DropColumn(
                name: "feed_count",
                table: "outlet_stock_items");

            migrationBuilder.DropColumn(
                name: "location",
                table: "outlet_stock_items");

            migrationBuilder.DropColumn(
                name: "rule",
                table: "outlet_offers");
        }
    }
}
