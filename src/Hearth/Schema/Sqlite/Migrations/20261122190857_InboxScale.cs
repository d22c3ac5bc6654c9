using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class InboxScale : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_person_id",
                table: "conversations_conversations");

            migrationBuilder.CreateTable(
                name: "conversations_work_hours",
                columns: table => new
                {
                    user = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hour = table.Column<long>(type: "INTEGER", nullable: false),
                    present = table.Column<long>(type: "INTEGER", nullable: false),
                    handling = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_work_hours", x => new { x.user, x.hour });
                });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_person_id_drawer_last_at_number",
                table: "conversations_conversations",
                columns: new[] { "person_id", "drawer", "last_at", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_work_hours_hour",
                table: "conversations_work_hours",
                column: "hour");

            // A row a minute becomes a bit of its hour.
            migrationBuilder.Sql(
                """
                INSERT INTO conversations_work_hours ("user", hour, present, handling)
                SELECT "user", minute / 60, SUM(1 << (minute % 60)), SUM(CASE WHEN handling THEN 1 << (minute % 60) ELSE 0 END) FROM conversations_work_minutes GROUP BY "user", minute / 60
                """);

            migrationBuilder.DropTable(
                name: "conversations_work_minutes");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conversations_work_hours");

            migrationBuilder.DropIndex(
                name: "ix_conversations_conversations_person_id_drawer_last_at_number",
                table: "conversations_conversations");

            migrationBuilder.CreateTable(
                name: "conversations_work_minutes",
                columns: table => new
                {
                    user = table.Column<byte[]>(type: "BLOB", nullable: false),
                    minute = table.Column<long>(type: "INTEGER", nullable: false),
                    handling = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations_work_minutes", x => new { x.user, x.minute });
                });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_conversations_person_id",
                table: "conversations_conversations",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_work_minutes_minute",
                table: "conversations_work_minutes",
                column: "minute");
        }
    }
}
