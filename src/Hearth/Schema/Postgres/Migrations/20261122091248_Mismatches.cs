using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Mismatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "emotion",
                table: "listening_mentions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<double>(
                name: "urgency",
                table: "listening_mentions",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<int>(
                name: "polarity",
                table: "listening_mention_topics",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            // What was read before aspects had a polarity is judged as its mention is.
            migrationBuilder.Sql("UPDATE listening_mention_topics SET polarity = (SELECT m.sentiment FROM listening_mentions m WHERE m.id = listening_mention_topics.mention)");

            migrationBuilder.CreateTable(
                name: "listening_mention_products",
                columns: table => new
                {
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    product = table.Column<Guid>(type: "uuid", nullable: false),
                    polarity = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_mention_products", x => new { x.mention, x.product });
                });

            migrationBuilder.CreateTable(
                name: "listening_mismatches",
                columns: table => new
                {
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    attribute = table.Column<string>(type: "text", nullable: false),
                    product = table.Column<Guid>(type: "uuid", nullable: true),
                    promise = table.Column<Guid>(type: "uuid", nullable: true),
                    sure = table.Column<double>(type: "double precision", nullable: false),
                    about_start = table.Column<int>(type: "integer", nullable: false),
                    about_length = table.Column<int>(type: "integer", nullable: false),
                    expected_start = table.Column<int>(type: "integer", nullable: true),
                    expected_length = table.Column<int>(type: "integer", nullable: true),
                    delivered_start = table.Column<int>(type: "integer", nullable: true),
                    delivered_length = table.Column<int>(type: "integer", nullable: true),
                    size_expected = table.Column<decimal>(type: "numeric", nullable: true),
                    size_delivered = table.Column<decimal>(type: "numeric", nullable: true),
                    size_difference = table.Column<decimal>(type: "numeric", nullable: true),
                    unit = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_mismatches", x => new { x.mention, x.attribute });
                });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mention_products_product_at_mention",
                table: "listening_mention_products",
                columns: new[] { "product", "at", "mention" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mismatches_attribute_product_at",
                table: "listening_mismatches",
                columns: new[] { "attribute", "product", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "listening_mention_products");

            migrationBuilder.DropTable(
                name: "listening_mismatches");

            migrationBuilder.DropColumn(
                name: "emotion",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "urgency",
                table: "listening_mentions");

            migrationBuilder.DropColumn(
                name: "polarity",
                table: "listening_mention_topics");
        }
    }
}
