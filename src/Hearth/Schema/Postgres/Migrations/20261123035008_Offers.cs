using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
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
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "arrived_at",
                table: "outlet_stock_items",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "cost",
                table: "outlet_stock_items",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "country",
                table: "outlet_stock_items",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "feed_count",
                table: "outlet_stock_items",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "location",
                table: "outlet_stock_items",
                type: "character varying(80)",
                maxLength: 80,
                nullable: true);

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

            migrationBuilder.AddColumn<Guid>(
                name: "rule",
                table: "outlet_offers",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "generation",
                table: "outlet_clicks",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "share",
                table: "outlet_clicks",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "generation",
                table: "learning_credits",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "learning_channel_figures",
                columns: table => new
                {
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    from = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    period = table.Column<int>(type: "integer", nullable: false),
                    cost = table.Column<long>(type: "bigint", nullable: true),
                    clicks = table.Column<long>(type: "bigint", nullable: true),
                    orders = table.Column<long>(type: "bigint", nullable: true),
                    revenue = table.Column<long>(type: "bigint", nullable: true),
                    margin = table.Column<long>(type: "bigint", nullable: true),
                    new_customers = table.Column<long>(type: "bigint", nullable: true),
                    source = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_channel_figures", x => new { x.channel, x.from, x.currency });
                });

            migrationBuilder.CreateTable(
                name: "learning_credit_policies",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    window_days = table.Column<int>(type: "integer", nullable: false),
                    half_life_days = table.Column<int>(type: "integer", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_credit_policies", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "learning_ledger_state",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    policy = table.Column<long>(type: "bigint", nullable: false),
                    method = table.Column<int>(type: "integer", nullable: false),
                    next_policy = table.Column<long>(type: "bigint", nullable: false),
                    next_method = table.Column<int>(type: "integer", nullable: false),
                    place = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_ledger_state", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "learning_touches",
                columns: table => new
                {
                    order = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    offer = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    way = table.Column<int>(type: "integer", nullable: false),
                    generation = table.Column<int>(type: "integer", nullable: false),
                    is_cause = table.Column<bool>(type: "boolean", nullable: false),
                    placed_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_touches", x => new { x.order, x.position });
                });

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
                name: "outlet_post_corrections",
                columns: table => new
                {
                    message = table.Column<Guid>(type: "uuid", nullable: false),
                    offer = table.Column<Guid>(type: "uuid", nullable: false),
                    answer = table.Column<Guid>(type: "uuid", nullable: true),
                    before = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_post_corrections", x => x.message);
                });

            migrationBuilder.CreateTable(
                name: "outlet_share_links",
                columns: table => new
                {
                    slug = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    offer = table.Column<Guid>(type: "uuid", nullable: false),
                    visitor = table.Column<Guid>(type: "uuid", nullable: false),
                    parent = table.Column<string>(type: "text", nullable: true),
                    generation = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_share_links", x => x.slug);
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
                name: "outlet_stock_events",
                columns: table => new
                {
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    is_count = table.Column<bool>(type: "boolean", nullable: false),
                    units = table.Column<int>(type: "integer", nullable: false),
                    waits = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    keeper = table.Column<Guid>(type: "uuid", nullable: false),
                    keeper_name = table.Column<string>(type: "text", nullable: false),
                    keeper_initials = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    ran_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_stock_rules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlet_waiting",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer = table.Column<Guid>(type: "uuid", nullable: false),
                    contact = table.Column<string>(type: "text", nullable: false),
                    site = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    told_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlet_waiting", x => x.id);
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
