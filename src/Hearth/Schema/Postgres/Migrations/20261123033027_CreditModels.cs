using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class CreditModels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_learning_channel_figures_from",
                table: "learning_channel_figures",
                column: "from");

            migrationBuilder.CreateIndex(
                name: "ix_learning_touches_placed_at",
                table: "learning_touches",
                column: "placed_at");

            migrationBuilder.CreateIndex(
                name: "ix_outlet_share_links_offer_visitor",
                table: "outlet_share_links",
                columns: new[] { "offer", "visitor" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outlet_share_links_visitor",
                table: "outlet_share_links",
                column: "visitor");
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
                name: "outlet_share_links");

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
