using System.Net;
using Npgsql;
using Vkp.Hub.Escalation;
using Vkp.Hub.Tests.Escalation;
using Vkp.Hub.Tests.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

/// <summary>Passwords that the hub's operator changes while it runs.</summary>
public sealed class RotationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_changed_database_password_works_without_a_restart()
    {
        await using var hub = await TestHub.StartAsync();
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        var own = new NpgsqlConnectionStringBuilder(hub.Database.ConnectionString);
        var account = $"{hub.Database.Schema}_login";
        await ExecuteAsync(superuser, $"create role {account} login createrole in role {own.Username}");
        var file = folder.File("passfile");
        await ExecuteAsync(superuser, $"alter role {account} password 'first'");
        await WriteAsync("first");
        await using (var node = await hub.StartNodeAsync(o => o with { Database = new NpgsqlConnectionStringBuilder(own.ConnectionString) { Username = account, Password = null, Passfile = file }.ConnectionString }))
        {
            await ReadyAsync(node.Address, HttpStatusCode.OK);

            // In the worst order: no connection is left, and for a while the file is wrong.
            await ExecuteAsync(superuser, $"alter role {account} password 'second'");
            await ExecuteAsync(superuser, $"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{account}'");
            await ReadyAsync(node.Address, HttpStatusCode.ServiceUnavailable);
            await WriteAsync("second");

            await ReadyAsync(node.Address, HttpStatusCode.OK);
            Assert.Equal(HttpStatusCode.Accepted, (await hub.PostAsync(TestHub.Event("dose.dispensed"))).StatusCode);
        }

        await ExecuteAsync(superuser, $"drop owned by {account}; drop role {account}");

        Task WriteAsync(string password) => File.WriteAllTextAsync(file, $"{own.Host}:{own.Port}:{own.Database}:{account}:{password}\n");

        Task ReadyAsync(Uri address, HttpStatusCode wanted) => Asking.UntilAsync(
            async () =>
            {
                using var answer = await hub.Http.GetAsync(new Uri(address, "readyz"));
                return answer.StatusCode;
            },
            status => status == wanted);
    }

    [Fact]
    public async Task A_changed_mail_relay_is_used_for_the_next_letter()
    {
        await using var first = new SmtpReceiver();
        await using var second = new SmtpReceiver();
        var file = folder.File("relay");
        var relay = new MailRelay(() => MailOptions.Parse(Secrets.Read("SMTP", name => name == "SMTP_FILE" ? file : null)));

        foreach (var receiver in (SmtpReceiver[])[first, second])
        {
            await File.WriteAllTextAsync(file, $"smtp://127.0.0.1:{receiver.Port}?from=vkp@example.org\n");
            Assert.Null(await relay.SendAsync(Guid.NewGuid(), ["drift@example.org"], "x", "y", TestContext.Current.CancellationToken));
        }

        Assert.Equal((1, 1), (first.Letters.Count, second.Letters.Count));
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
