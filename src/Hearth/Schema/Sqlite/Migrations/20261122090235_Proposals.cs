using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
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
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "counted_at",
                table: "operations_gaps",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "is_stale",
                table: "operations_gaps",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "lately",
                table: "operations_gaps",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "mentions",
                table: "operations_gaps",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte[]>(
                name: "merged_into",
                table: "operations_gaps",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "negative",
                table: "operations_gaps",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "orders_at_risk",
                table: "operations_gaps",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "reach",
                table: "operations_gaps",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "refunds",
                table: "operations_gaps",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "operations_cause_mentions",
                columns: table => new
                {
                    mention = table.Column<byte[]>(type: "BLOB", nullable: false),
                    attribute_key = table.Column<string>(type: "TEXT", nullable: false),
                    cause_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person = table.Column<byte[]>(type: "BLOB", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    is_negative = table.Column<bool>(type: "INTEGER", nullable: false),
                    reach = table.Column<long>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    by_hand = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations_cause_mentions", x => new { x.mention, x.attribute_key });
                });

            migrationBuilder.CreateTable(
                name: "operations_causes",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    product_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    attribute_key = table.Column<string>(type: "TEXT", nullable: false),
                    failing = table.Column<string>(type: "TEXT", nullable: false),
                    word = table.Column<string>(type: "TEXT", nullable: true),
                    first = table.Column<long>(type: "INTEGER", nullable: false),
                    last = table.Column<long>(type: "INTEGER", nullable: false),
                    mentions = table.Column<int>(type: "INTEGER", nullable: false),
                    people = table.Column<int>(type: "INTEGER", nullable: false),
                    gap_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    joined = table.Column<string>(type: "TEXT", nullable: true),
                    after = table.Column<byte[]>(type: "BLOB", nullable: true)
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
