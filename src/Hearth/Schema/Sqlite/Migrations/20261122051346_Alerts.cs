using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Alerts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "channels_mail_server",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    host = table.Column<string>(type: "TEXT", nullable: false),
                    port = table.Column<int>(type: "INTEGER", nullable: false),
                    security = table.Column<string>(type: "TEXT", nullable: false),
                    user = table.Column<string>(type: "TEXT", nullable: true),
                    password = table.Column<string>(type: "TEXT", nullable: true),
                    from = table.Column<string>(type: "TEXT", nullable: false),
                    from_name = table.Column<string>(type: "TEXT", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    error_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels_mail_server", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "listening_alert_hits",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    alert = table.Column<byte[]>(type: "BLOB", nullable: false),
                    mention = table.Column<byte[]>(type: "BLOB", nullable: true),
                    source = table.Column<byte[]>(type: "BLOB", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    notice = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_alert_hits", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "listening_alerts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    query = table.Column<byte[]>(type: "BLOB", nullable: true),
                    negative_only = table.Column<bool>(type: "INTEGER", nullable: false),
                    threshold = table.Column<int>(type: "INTEGER", nullable: true),
                    window = table.Column<int>(type: "INTEGER", nullable: true),
                    hour = table.Column<int>(type: "INTEGER", nullable: true),
                    most_per_day = table.Column<int>(type: "INTEGER", nullable: false),
                    quiet_from = table.Column<int>(type: "INTEGER", nullable: true),
                    quiet_to = table.Column<int>(type: "INTEGER", nullable: true),
                    urgent = table.Column<bool>(type: "INTEGER", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    emails = table.Column<string>(type: "TEXT", nullable: false),
                    webhook = table.Column<string>(type: "TEXT", nullable: true),
                    secret = table.Column<string>(type: "TEXT", nullable: true),
                    paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    home = table.Column<string>(type: "TEXT", nullable: true),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    disarmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: true),
                    day = table.Column<int>(type: "INTEGER", nullable: false),
                    told_on_day = table.Column<int>(type: "INTEGER", nullable: false),
                    round = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_alerts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "listening_notice_deliveries",
                columns: table => new
                {
                    notice = table.Column<byte[]>(type: "BLOB", nullable: false),
                    way = table.Column<string>(type: "TEXT", nullable: false),
                    to = table.Column<string>(type: "TEXT", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_notice_deliveries", x => new { x.notice, x.way, x.to });
                });

            migrationBuilder.CreateTable(
                name: "listening_notices",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    alert = table.Column<byte[]>(type: "BLOB", nullable: true),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    href = table.Column<string>(type: "TEXT", nullable: false),
                    bad = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_notices", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "listening_notices_seen",
                columns: table => new
                {
                    user = table.Column<byte[]>(type: "BLOB", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_notices_seen", x => x.user);
                });

            migrationBuilder.CreateIndex(
                name: "ix_listening_alert_hits_alert_notice_at",
                table: "listening_alert_hits",
                columns: new[] { "alert", "notice", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_listening_alert_hits_notice",
                table: "listening_alert_hits",
                column: "notice");

            migrationBuilder.CreateIndex(
                name: "ix_listening_alerts_name",
                table: "listening_alerts",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_listening_alerts_query",
                table: "listening_alerts",
                column: "query");

            migrationBuilder.CreateIndex(
                name: "ix_listening_notices_at",
                table: "listening_notices",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_listening_notices_id",
                table: "listening_notices",
                column: "id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channels_mail_server");

            migrationBuilder.DropTable(
                name: "listening_alert_hits");

            migrationBuilder.DropTable(
                name: "listening_alerts");

            migrationBuilder.DropTable(
                name: "listening_notice_deliveries");

            migrationBuilder.DropTable(
                name: "listening_notices");

            migrationBuilder.DropTable(
                name: "listening_notices_seen");
        }
    }
}
