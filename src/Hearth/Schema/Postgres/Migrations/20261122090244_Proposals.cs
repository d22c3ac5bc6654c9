using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Hearth.Schema.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Proposals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "before",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "counted_at",
                table: "operations_gaps",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "is_stale",
                table: "operations_gaps",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "lately",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "mentions",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                table: "operations_gaps",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "negative",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "orders_at_risk",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "reach",
                table: "operations_gaps",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "refunds",
                table: "operations_gaps",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "operations_cause_mentions",
                columns: table => new
                {
                    mention = table.Column<Guid>(type: "uuid", nullable: false),
                    attribute_key = table.Column<string>(type: "text", nullable: false),
                    cause_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    is_negative = table.Column<bool>(type: "boolean", nullable: false),
                    reach = table.Column<long>(type: "bigint", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    by_hand = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_cause_mentions", x => new { x.mention, x.attribute_key });
                });

            migrationBuilder.CreateTable(
                name: "operations_causes",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    product_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attribute_key = table.Column<string>(type: "text", nullable: false),
                    failing = table.Column<string>(type: "text", nullable: false),
                    word = table.Column<string>(type: "text", nullable: true),
                    first = table.Column<long>(type: "bigint", nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false),
                    mentions = table.Column<int>(type: "integer", nullable: false),
                    people = table.Column<int>(type: "integer", nullable: false),
                    gap_id = table.Column<Guid>(type: "uuid", nullable: true),
                    joined = table.Column<string>(type: "text", nullable: true),
                    after = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_causes", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "ix_operations_cause_mentions_cause_id_at",
                table: "operations_cause_mentions",
                columns: new[] { "cause_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_cause_mentions_cause_id_person",
                table: "operations_cause_mentions",
                columns: new[] { "cause_id", "person" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_causes_attribute_key_product_id_failing",
                table: "operations_causes",
                columns: new[] { "attribute_key", "product_id", "failing" });

            migrationBuilder.CreateIndex(
                name: "ix_operations_causes_gap_id",
                table: "operations_causes",
                column: "gap_id");

            migrationBuilder.CreateIndex(
                name: "ix_operations_causes_id",
                table: "operations_causes",
                column: "id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "operations_cause_mentions");

            migrationBuilder.DropTable(
                name: "operations_causes");

            migrationBuilder.DropColumn(
                name: "before",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "counted_at",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "is_stale",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "lately",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "mentions",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "negative",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "orders_at_risk",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "reach",
                table: "operations_gaps");

            migrationBuilder.DropColumn(
                name: "refunds",
                table: "operations_gaps");
        }
    }
}
