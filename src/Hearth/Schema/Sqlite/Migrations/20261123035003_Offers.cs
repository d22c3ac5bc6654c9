using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Offers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "publishing_messages",
                type: "INTEGER",
                nullable: true);

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

            migrationBuilder.AddColumn<bool>(
                name: "tied_by_pixel",
                table: "outlet_orders",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "unverified",
                table: "outlet_orders",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<byte[]>(
                name: "rule",
                table: "outlet_offers",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "generation",
                table: "outlet_clicks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "share",
                table: "outlet_clicks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "generation",
                table: "learning_credits",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "learning_channel_figures",
                columns: table => new
                {
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", nullable: false),
                    period = table.Column<int>(type: "INTEGER", nullable: false),
                    cost = table.Column<long>(type: "INTEGER", nullable: true),
                    clicks = table.Column<long>(type: "INTEGER", nullable: true),
                    orders = table.Column<long>(type: "INTEGER", nullable: true),
                    revenue = table.Column<long>(type: "INTEGER", nullable: true),
                    margin = table.Column<long>(type: "INTEGER", nullable: true),
                    new_customers = table.Column<long>(type: "INTEGER", nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_channel_figures", x => new { x.channel, x.from, x.currency });
                });

            migrationBuilder.CreateTable(
                name: "learning_credit_policies",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    window_days = table.Column<int>(type: "INTEGER", nullable: false),
                    half_life_days = table.Column<int>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_credit_policies", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "learning_ledger_state",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    policy = table.Column<long>(type: "INTEGER", nullable: false),
                    method = table.Column<int>(type: "INTEGER", nullable: false),
                    next_policy = table.Column<long>(type: "INTEGER", nullable: false),
                    next_method = table.Column<int>(type: "INTEGER", nullable: false),
                    place = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_ledger_state", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "learning_touches",
                columns: table => new
                {
                    order = table.Column<byte[]>(type: "BLOB", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    offer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    way = table.Column<int>(type: "INTEGER", nullable: false),
                    generation = table.Column<int>(type: "INTEGER", nullable: false),
                    is_cause = table.Column<bool>(type: "INTEGER", nullable: false),
                    placed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_touches", x => new { x.order, x.position });
                });

            migrationBuilder.CreateTable(
                name: "outlet_pixel_sites",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    prefix = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    removed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_pixel_sites", x => x.id);
                });

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
                name: "outlet_share_links",
                columns: table => new
                {
                    slug = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    offer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    visitor = table.Column<byte[]>(type: "BLOB", nullable: false),
                    parent = table.Column<string>(type: "TEXT", nullable: true),
                    generation = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_share_links", x => x.slug);
                });

            migrationBuilder.CreateTable(
                name: "outlet_shops",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    prefix = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    secret = table.Column<string>(type: "TEXT", nullable: false),
                    connected_at = table.Column<long>(type: "INTEGER", nullable: false),
                    disconnected_at = table.Column<long>(type: "INTEGER", nullable: true),
                    deliveries = table.Column<int>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_topic = table.Column<string>(type: "TEXT", nullable: true),
                    trouble = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    trouble_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_shops", x => x.id);
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

            migrationBuilder.CreateTable(
                name: "outlet_shop_deliveries",
                columns: table => new
                {
                    shop = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
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
                    shop = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    order = table.Column<byte[]>(type: "BLOB", nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lines = table.Column<string>(type: "TEXT", nullable: false),
                    tax_on_top = table.Column<bool>(type: "INTEGER", nullable: false)
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
                    shop = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    refund = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
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
                name: "ix_outlet_offers_rule_created_at",
                table: "outlet_offers",
                columns: new[] { "rule", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_learning_channel_figures_from",
                table: "learning_channel_figures",
                column: "from");

            migrationBuilder.CreateIndex(
                name: "ix_learning_touches_placed_at",
                table: "learning_touches",
                column: "placed_at");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_pixel_sites_key",
                table: "outlet_pixel_sites",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_post_corrections_offer",
                table: "outlet_post_corrections",
                column: "offer");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_share_links_offer_visitor",
                table: "outlet_share_links",
                columns: new[] { "offer", "visitor" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_share_links_visitor",
                table: "outlet_share_links",
                column: "visitor");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_shop_deliveries_shop_at",
                table: "outlet_shop_deliveries",
                columns: new[] { "shop", "at" });

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
                name: "learning_channel_figures");

            migrationBuilder.DropTable(
                name: "learning_credit_policies");

            migrationBuilder.DropTable(
                name: "learning_ledger_state");

            migrationBuilder.DropTable(
                name: "learning_touches");

            migrationBuilder.DropTable(
                name: "outlet_pixel_sites");

            migrationBuilder.DropTable(
                name: "outlet_post_corrections");

            migrationBuilder.DropTable(
                name: "outlet_share_links");

            migrationBuilder.DropTable(
                name: "outlet_shop_deliveries");

            migrationBuilder.DropTable(
                name: "outlet_shop_orders");

            migrationBuilder.DropTable(
                name: "outlet_stock_events");

            migrationBuilder.DropTable(
                name: "outlet_stock_rules");

            migrationBuilder.DropTable(
                name: "outlet_waiting");

            migrationBuilder.DropTable(
                name: "outlet_waiting_refunds");

            migrationBuilder.DropTable(
                name: "outlet_shops");

            migrationBuilder.DropIndex(
                name: "ix_outlet_offers_rule_created_at",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "publishing_messages");

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
                name: "tied_by_pixel",
                table: "outlet_orders");

            migrationBuilder.DropColumn(
                name: "unverified",
                table: "outlet_orders");

            migrationBuilder.DropColumn(
                name: "rule",
                table: "outlet_offers");

            migrationBuilder.DropColumn(
                name: "generation",
                table: "outlet_clicks");

            migrationBuilder.DropColumn(
                name: "share",
                table: "outlet_clicks");

            migrationBuilder.DropColumn(
                name: "generation",
                table: "learning_credits");
        }
    }
}
