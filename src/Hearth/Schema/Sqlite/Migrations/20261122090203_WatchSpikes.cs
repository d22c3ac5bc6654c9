using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Hearth.Schema.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WatchSpikes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "listening_spike_watches",
                columns: table => new
                {
                    query = table.Column<byte[]>(type: "BLOB", nullable: false),
                    minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    negative = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_spike_watches", x => new { x.query, x.minutes, x.negative });
                });

            migrationBuilder.CreateTable(
                name: "listening_spikes",
                columns: table => new
                {
                    query = table.Column<byte[]>(type: "BLOB", nullable: false),
                    minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    negative = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    expected = table.Column<double>(type: "REAL", nullable: false),
                    score = table.Column<double>(type: "REAL", nullable: false),
                    is_told = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening_spikes", x => new { x.query, x.at, x.minutes, x.negative });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "listening_spike_watches");

            migrationBuilder.DropTable(
                name: "listening_spikes");
        }
    }
}
