package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

func init() { children["write"] = write }

// inTime are the options of the writer and of who looks after it. The clock
// goes, but always on the one day whose campaign runs and whose holidays are
// known.
var inTime = Options{Now: sameDay, Program: "测试", Cost: vault.Cheap}

func sameDay() time.Time {
	now := time.Now()
	return time.Date(noon.Year(), noon.Month(), noon.Day(), now.Hour(), now.Minute(), now.Second(), now.Nanosecond(), time.Local)
}

// unknown is the recovery code of a change that was not acknowledged.
const unknown = "?"

// known is what the writer is told of the folder.
type known struct {
	Last  int64 // number of the last change that was begun
	Seed  uint64
	Idle  bool // only open the folder and sign in
	Facts map[string]string
}

// said is a line that the writer prints: first that it begins a change and what
// will be true then, later that the store has acknowledged it.
type said struct {
	No     int64
	Done   bool              `json:",omitempty"`
	What   string            `json:",omitempty"`
	Facts  map[string]string `json:",omitempty"`
	Key    int               `json:",omitempty"` // number of the data key, after a key change
	Backup string            `json:",omitempty"` // the name of one that nothing removes
}

// writer changes a folder until it is killed. Facts are its content as people
// see it, each under a name of its own: see [look].
type writer struct {
	dir   string
	idle  bool
	s     *Store
	r     *rand.Rand
	facts map[string]string
	last  atomic.Int64
	busy  sync.RWMutex // locked while the folder is closed
	voice sync.Mutex
}

func write(dir string) error {
	resealBatch = 100 // more places to be killed at
	var k known
	if err := json.NewDecoder(os.Stdin).Decode(&k); err != nil {
		return err
	}
	w := &writer{dir: dir, idle: k.Idle, r: rand.New(rand.NewPCG(k.Seed, 1)), facts: k.Facts}
	w.last.Store(k.Last)
	if err := w.enter(); err != nil {
		return fmt.Errorf("opening: %w", err)
	}
	if k.Idle {
		select {}
	}
	failed := make(chan error)
	go func() { failed <- w.work() }()
	go func() { failed <- w.workBehind(rand.New(rand.NewPCG(k.Seed, 2))) }()
	return <-failed
}

// enter opens the folder and signs in, or founds it.
func (w *writer) enter() error {
	ctx := context.Background()
	f, err := folder.Open(w.dir, folder.Holder{Program: "测试", Since: time.Now()})
	if err != nil {
		return err
	}
	if w.s, err = Open(ctx, f, inTime); err != nil {
		return err
	}
	if pw := w.facts["密码 li"]; pw != "" {
		_, err := w.s.SignIn(ctx, "li", pw)
		return err
	}
	if w.idle {
		return nil
	}
	return w.do("found", map[string]string{"账号 li": "管理员", "密码 li": password, "恢复码": unknown}, func(done *said) error {
		code, err := w.s.Found(ctx, model.NewHospital("某县中医院"), model.Account{Login: "li", Name: "李某"}, password)
		done.Facts = map[string]string{"恢复码": code}
		return err
	})
}

// do makes one change of the desk's and says so before and after.
func (w *writer) do(what string, facts map[string]string, change func(done *said) error) error {
	done, err := w.announced(what, facts, change)
	maps.Copy(w.facts, facts)
	maps.Copy(w.facts, done.Facts)
	return err
}

func (w *writer) announced(what string, facts map[string]string, change func(done *said) error) (said, error) {
	done := said{No: w.last.Add(1), Done: true}
	w.say(said{No: done.No, What: what, Facts: facts})
	err := change(&done)
	for model.CodeOf(err) == model.Conflict && strings.Contains(err.Error(), "请稍后再试") { // a new key is just being stored
		time.Sleep(time.Millisecond)
		err = change(&done)
	}
	if err != nil {
		return done, fmt.Errorf("%s: %w", what, err)
	}
	w.say(done)
	return done, nil
}

func (w *writer) say(one said) {
	w.voice.Lock()
	defer w.voice.Unlock()
	line, err := json.Marshal(one)
	if err == nil {
		_, err = os.Stdout.Write(append(line, '\n'))
	}
	if err != nil {
		os.Exit(1) // nobody listens any more
	}
}

// work is what people do at the desk, one after the other.
func (w *writer) work() error {
	steps := []struct {
		often int
		step  func() error
	}{
		{20, w.addPerson}, {15, w.changePerson}, {5, w.importRoster}, {8, w.makeLetters}, {15, w.print}, {15, w.takeBack}, {4, w.void},
		{10, w.attach}, {3, w.addAccount}, {2, w.disableAccount}, {2, w.resetPassword}, {2, w.changePassword}, {2, w.renewCode}, {3, w.startAgain},
		{4, w.makeForms}, {6, w.printForms}, {6, w.scanForms}, {20, w.recordForm}, {4, w.sendBackForm}, {4, w.voidForm},
		{6, w.addFinding}, {14, w.beginFinding}, {10, w.submitFinding}, {10, w.acceptOrRefuse}, {4, w.lookBack}, {6, w.askForTime}, {5, w.decideOnTime},
		{5, w.changePlan}, {3, w.meetDeadline}, {4, w.makeDraw}, {4, w.inspect},
		{8, w.registerHandover}, {10, w.dispose}, {4, w.reverse}, {5, w.receipt},
	}
	var all []func() error
	for _, x := range steps {
		for range x.often {
			all = append(all, x.step)
		}
	}
	for {
		step := all[w.r.IntN(len(all))]
		if _, department := w.facts["科室 急诊科"]; !department {
			step = w.addDepartment
		} else if w.some("专项行动 ", "", 1) == nil {
			step = w.addCampaign
		}
		if err := step(); err != nil {
			return err
		}
	}
}

// workBehind is what goes on beside it: backups, and now and then a key change.
func (w *writer) workBehind(r *rand.Rand) error {
	rekey := r.IntN(4) == 0
	for {
		time.Sleep(time.Duration(r.IntN(40)) * time.Millisecond)
		if err := w.behind(r, rekey); err != nil {
			return err
		}
		rekey = false
	}
}

func (w *writer) behind(r *rand.Rand, rekey bool) error {
	ctx := context.Background()
	w.busy.RLock()
	defer w.busy.RUnlock()
	pending, err := w.s.Rekeying(ctx)
	if err != nil {
		return err
	}
	if pending || rekey {
		_, err := w.announced("rekey", nil, func(done *said) error {
			err := w.s.Rekey(ctx, nil)
			done.Key = w.s.session.Load().ring().Current()
			return err
		})
		return err
	}
	kind := folder.Daily
	if r.IntN(4) == 0 {
		kind = folder.OnDemand
	}
	_, err = w.announced("backup", nil, func(done *said) error {
		b, err := w.s.Backup(ctx, kind, "")
		if kind == folder.OnDemand {
			done.Backup = filepath.Base(b.Path)
		}
		return err
	})
	return err
}
