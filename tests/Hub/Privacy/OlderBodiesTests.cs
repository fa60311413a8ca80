using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Privacy;

/// <summary>What was sealed once must open for as long as it is kept, whatever the program has become since. The bodies, and the keys they were sealed with, were written by the version that first wrote so.</summary>
public sealed class OlderBodiesTests
{
    private const int Oslo = 958935420;
    private const string Keys = """
        insert into tenant_key (tenant, purpose, generation, master_id, wrapped) values
          (958935420, 'index', 1, '\xa5a5ffda2784a116', '\x014321071a1be41205a280ed11d24fd299dbf90b2f2b419971be25f4b0104879ff51689707428bbecde6fbed89029eae0a35e975c0374a8ba3da870838'),
          (958935420, 'wrap', 1, '\xa5a5ffda2784a116', '\x013173e1667b1d8532a07d03f6b6da09e651b5434de6bdcb07139dcd367a9f63db5ef84ebf8cd456d95cc1afba3279cf230d8b64e9101708b1efdb574a');
        insert into stream_key (tenant, stream, generation, wrapped) values
          (958935420, 'patient-0102030405060708090a0b0c', 1, '\x01cf83039089f1516416768601a8789bcb3f053c403f20de41a6b705544b7e70a430be34e247b2f4115172bfb9fff3b2df6037c7628eaa409e5da96b61');
        """;

    private static readonly StreamName Stream = new("patient", "0102030405060708090a0b0c");
    private static readonly Guid EventId = new("7d3f0c52-8f0e-4b53-9c3c-0f1f6a3f2b11");
    private static readonly byte[] Message = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Dosen ble ikke tatt. ", 50)));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Brotli", 1, "AQEAAAQaduuFozsnEa1r+FRS/QLkT8gH5Sn9lu6etOkN1YO5ed5Xia+XEZGpp0Ts7kG5Vrd+ZKBNBSX+G70BcKU9RSpSbI7aGmyOSwKhGtUd59MQVeQ=")]
    [InlineData("Zstandard with dictionary 1", 2, "AQIAAAQa2tHxOW0SkC/8TxvkBus+/EjtGmInUTzgg2RC5XvD5NxwWz6x4WBYm1LTB0SA9SlehUZhkBW6Mygecej8zh72Q0g=")]
    public async Task A_body_of_every_way_of_compressing_there_ever_was_opens(string way, byte number, string body)
    {
        var bytes = Convert.FromBase64String(body);
        Assert.True(bytes[1] == number, $"{way} is number {number}");
        var (database, vault) = await OpenAsync();
        await using (database)
        {
            var opened = await vault.OpenAsync(new RecordedEvent(Oslo, 1, Stream, 1, EventId, "MessageAccepted", DateTimeOffset.UnixEpoch, null, "{}", bytes), Ct);
            Assert.Equal(Message, opened.ToArray());
        }
    }

    [Fact]
    public void A_dictionary_is_never_changed()
    {
        using var dictionary = typeof(Vault).Assembly.GetManifestResourceStream("Vkp.Hub.Privacy.Dictionaries.bodies-1.zdict")!;
        Assert.Equal("cc85b986d05e714ec6ad5ceb90edf46263fe0eb1952db1764a0d520b9f96713f", Convert.ToHexStringLower(SHA256.HashData(dictionary)));
    }

    [Fact]
    public async Task A_message_such_as_the_dictionary_was_made_of_shrinks_to_a_quarter()
    {
        var (database, vault) = await OpenAsync();
        await using (database)
        {
            var adapter = VendorCatalog.Find("evondos-style")!;
            var raw = await File.ReadAllBytesAsync(Repository.PathOf("contracts", "vendors", "evondos-style", "samples", "dose.notTaken.json"), Ct);
            var message = Assert.IsType<Translation.Translated>(adapter.Translate(new VendorPayload(raw, new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero))));
            var plain = new MessageBody(raw, message.Envelope.SourceMessageId, message.Envelope.EventKind, message.Envelope.Patient, message.Envelope.Device, message.CaseIds, message.Resources).ToBytes();

            var body = await vault.SealAsync(Oslo, Stream, EventId, plain, Ct);

            Assert.InRange(body.Length, 1, plain.Length / 4);
        }
    }

    private static async Task<(HubDatabase Database, Vault Vault)> OpenAsync()
    {
        var database = await HubDatabase.CreateAsync(Ct);
        await using var connection = await database.Owner.OpenConnectionAsync(Ct);
        await using var transaction = await Database.BeginAsync(connection, [Oslo], Ct);
        await using var keys = new NpgsqlCommand(Keys, connection, transaction);
        await keys.ExecuteNonQueryAsync(Ct);
        await transaction.CommitAsync(Ct);
        return (database, new Vault(database.App, MasterKey.Load(new string('b', 64), "none"), TimeProvider.System));
    }
}
