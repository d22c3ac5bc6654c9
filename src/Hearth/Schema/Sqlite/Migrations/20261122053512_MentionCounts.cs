using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class MentionCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_listening_mentions_at_number",
                table: "listening_mentions");

            migrationBuilder.DropIndex(
                name: "ix_listening_mentions_author_handle_at",
                table: "listening_mentions");

            migrationBuilder.DropIndex(
                name: "ix_listening_mentions_day_sentiment",
                table: "listening_mentions");

            migrationBuilder.DropIndex(
                name: "ix_listening_mentions_person",
                table: "listening_mentions");

            migrationBuilder.CreateTable(
                name: "listening_count_state",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    done = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false),
                    folded = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_count_state", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "listening_counts",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    series = table.Column<int>(type: "INTEGER", nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    bucket = table.Column<int>(type: "INTEGER", nullable: false),
                    negative = table.Column<long>(type: "INTEGER", nullable: false),
                    neutral = table.Column<long>(type: "INTEGER", nullable: false),
                    positive = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_counts", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "listening_series",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    dimension = table.Column<int>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_series", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "listening_views",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    slug = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    filters = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_views", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_at_id",
                table: "listening_mentions",
                columns: new[] { "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_author_handle_at_id",
                table: "listening_mentions",
                columns: new[] { "author_handle", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_language_at_id",
                table: "listening_mentions",
                columns: new[] { "language", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_person_at_id",
                table: "listening_mentions",
                columns: new[] { "person", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_source_at_id",
                table: "listening_mentions",
                columns: new[] { "source", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_counts",
                table: "listening_counts",
                columns: new[] { "series", "level", "bucket", "negative", "neutral", "positive" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_series_key_dimension",
                table: "listening_series",
                columns: new[] { "key", "dimension" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_listening_views_slug",
                table: "listening_views",
                column: "slug",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "listening_count_state");

            migrationBuilder.DropTable(
                name: "listening_counts");

            migrationBuilder.DropTable(
                name: "listening_series");

            migrationBuilder.DropTable(
                name: "listening_views");

            migrationBuilder.DropIndex(
                name: "ix_listening_mentions_at_id",
                table: "listening_mentions");

            migrationBuilder.DropIndex(
                name: "ix_listening_mentions_author_handle_at_id",
                table: "listening_mentions");

            migrationBuilder.DropIndex(
                name: "ix_listening_mentions_language_at_id",
                table: "listening_mentions");

            migrationBuilder.DropIndex(
                name: "ix_listening_mentions_person_at_id",
                table: "listening_mentions");

            migrationBuilder.DropIndex(
                name: "ix_listening_mentions_source_at_id",
                table: "listening_mentions");

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_at_number",
                table: "listening_mentions",
                columns: new[] { "at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_author_handle_at",
                table: "listening_mentions",
                columns: new[] { "author_handle", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_day_sentiment",
                table: "listening_mentions",
                columns: new[] { "day", "sentiment" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_mentions_person",
                table: "listening_mentions",
                column: "person");
        }
    }
}
